import { name, path, textUpTo } from "./problems";
import type { Input } from "./resource";

/** The input `name` of what has a path and a name of its own, with AWS's name for it. */
export const nameInput = (longest: number, aws: string): Input => ({
  aws,
  computed: true,
  longest,
  problem: name(longest),
});

/** `name` and `namePrefix`, where a change of either takes a new resource. */
export const fixedName = (
  longest: number,
  aws: string,
): Readonly<Record<"name" | "namePrefix", Input>> => ({
  name: { ...nameInput(longest, aws), replaces: true },
  // 26 characters are what is put behind it.
  namePrefix: { computed: true, replaces: true, problem: name(longest - 26) },
});

export const pathInput: Input = { aws: "Path", default: "/", problem: path };

/** Characters in a description: "IAM and AWS STS quotas". */
export const descriptionInput: Input = {
  aws: "Description",
  problem: textUpTo(1_000),
};

/** The input of every resource outside IAM: where it is, if not where the provider is. */
export const regionInput: Readonly<Record<"region", Input>> = {
  region: { computed: true, replaces: true },
};
