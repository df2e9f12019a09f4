import type { Tag } from "@aws-sdk/client-iam";
import { hasUnknown, unknown } from "./marks";
import type { ConnectedAccount, TagRules } from "./account";
import type { Input } from "./resource";
import type { Properties } from "./properties";

type Tags = Readonly<Record<string, string>>;

/** The inputs of every type that carries tags. */
export const tagInputs: Readonly<Record<"tags" | "tagsAll", Input>> = {
  tags: {},
  tagsAll: {},
};

export const tagsOf = (
  properties: Properties,
  name: "tags" | "tagsAll",
): Tags => (properties[name] ?? {}) as Tags;

/** The tags that a resource gets: its own go before the provider's. */
export function tagsAll({ defaults, ignored }: TagRules, tags: unknown) {
  if (hasUnknown(tags)) return unknown;
  const all = { ...defaults, ...((tags ?? {}) as Tags) };
  return Object.fromEntries(
    Object.entries(all).filter(([key]) => !ignored(key)),
  );
}

export const toAwsTags = (tags: Tags): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Brings a resource's tags up to date. */
export async function updateTags(
  olds: Properties,
  news: Properties,
  calls: {
    readonly tag: (tags: Tag[]) => Promise<unknown>;
    readonly untag: (keys: string[]) => Promise<unknown>;
  },
): Promise<void> {
  const before = tagsOf(olds, "tagsAll");
  const after = tagsOf(news, "tagsAll");
  const gone = Object.keys(before).filter((key) => !(key in after));
  const set = toAwsTags(after).filter(
    ({ Key, Value }) => before[Key ?? ""] !== Value,
  );
  if (gone.length > 0) await calls.untag(gone);
  if (set.length > 0) await calls.tag(set);
}

/** Live tags, told apart into those of the resource and those that come from the provider. */
export function readTags(
  { tagRules }: ConnectedAccount,
  state: Properties,
  live: readonly Tag[] | undefined,
): Properties {
  const all = (live ?? [])
    .map(({ Key, Value }) => [Key ?? "", Value ?? ""] as const)
    .filter(([key]) => !tagRules.ignored(key));
  const asked = tagsOf(state, "tags");
  const own = all.filter(
    ([key, value]) => key in asked || tagRules.defaults[key] !== value,
  );
  return {
    tagsAll: Object.fromEntries(all),
    tags: own.length > 0 ? Object.fromEntries(own) : undefined,
  };
}
