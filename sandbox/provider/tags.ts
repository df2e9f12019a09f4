import type { Tag } from "@aws-sdk/client-iam";
import { hasUnknown, unknown } from "./wire-values";
import type { TagRules } from "./account";
import type { Input } from "./resource";
import type { Properties } from "./properties";

type Tags = Readonly<Record<string, string>>;

/** The inputs of every type that carries tags. */
export const tagInputs: Readonly<Record<"tags" | "tagsAll", Input>> = {
  tags: {},
  tagsAll: {},
};

const tagsOf = (properties: Properties, name: "tags" | "tagsAll"): Tags =>
  (properties[name] ?? {}) as Tags;

/** The tags that a resource gets: its own go before the provider's. */
export function tagsAll({ defaults, ignored }: TagRules, tags: unknown) {
  if (hasUnknown(tags)) return unknown;
  const all = { ...defaults, ...((tags ?? {}) as Tags) };
  return Object.fromEntries(
    Object.entries(all).filter(([key]) => !ignored(key)),
  );
}

export const awsTags = (tags: Tags): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** The tags to make a resource with. */
export const newTags = (inputs: Properties): Tag[] =>
  awsTags(tagsOf(inputs, "tagsAll"));

/** Which tags to remove and which to set. */
export function changedTags(olds: Properties, news: Properties) {
  const before = tagsOf(olds, "tagsAll");
  const after = tagsOf(news, "tagsAll");
  return {
    removed: Object.keys(before).filter((key) => !(key in after)),
    set: awsTags(after).filter(({ Key = "", Value }) => before[Key] !== Value),
  };
}

/** Live tags, told apart into those of the resource and those that come from the provider. */
export function readTags(
  tagRules: TagRules,
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
