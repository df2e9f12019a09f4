import { arn, name, path, textUpTo } from "./problems";
import type { Input } from "./resource";

/** The input `name` of what has a path and a name of its own. */
export const nameInput = (longest: number): Input => ({
  computed: true,
  problem: name(longest),
});

/** `name` and `namePrefix`, where a change of either takes a new resource. */
export const fixedName = (
  longest: number,
): Readonly<Record<"name" | "namePrefix", Input>> => ({
  name: { ...nameInput(longest), replaces: true },
  // 26 characters are what is put behind it.
  namePrefix: { computed: true, replaces: true, problem: name(longest - 26) },
});

export const pathInput: Input = { default: "/", problem: path };

export const boundaryInput: Input = { problem: arn };

/** Characters in a description: "IAM and AWS STS quotas". */
export const descriptionInput: Input = { problem: textUpTo(1_000) };
