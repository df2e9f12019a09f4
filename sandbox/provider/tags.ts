import type { Tag } from "@aws-sdk/client-iam";
import { tagsOf, type ConnectedAccount, type Properties } from "./resource";

export const toAwsTags = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** What a change of tags takes. */
export function tagChanges(
  olds: Properties,
  news: Properties,
): { readonly set: Tag[]; readonly remove: string[] } {
  const before = tagsOf(olds, "tagsAll");
  const after = tagsOf(news, "tagsAll");
  return {
    set: toAwsTags(after).filter(
      ({ Key, Value }) => before[Key ?? ""] !== Value,
    ),
    remove: Object.keys(before).filter((key) => !(key in after)),
  };
}

/** Live tags, told apart into those of the resource and those that come from the provider. */
export function readTags(
  account: ConnectedAccount,
  state: Properties,
  live: readonly Tag[] | undefined,
): Properties {
  const tagsAll = Object.fromEntries(
    (live ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]),
  );
  const asked = tagsOf(state, "tags");
  const own = Object.entries(tagsAll).filter(
    ([key, value]) => key in asked || account.defaultTags[key] !== value,
  );
  return {
    tagsAll,
    ...(own.length > 0 || "tags" in state
      ? { tags: Object.fromEntries(own) }
      : {}),
  };
}
