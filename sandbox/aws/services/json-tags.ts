import type { ContextKeys } from "../operation";
import type { JsonBody } from "./json-body";

/** The tags of resources of a service that speaks JSON. */
export interface JsonTags<Tag> {
  /** The tags that a request brings. */
  readonly brought: (body: JsonBody) => readonly Tag[];
  /** The condition keys of tags, as `aws:RequestTag/team`. */
  readonly keys: (
    prefix: "aws:RequestTag" | "aws:ResourceTag",
    tags: readonly Tag[],
  ) => ContextKeys;
  /** The tags after those of the request were added, or replaced others. */
  readonly added: (tags: readonly Tag[], body: JsonBody) => readonly Tag[];
  /** The tags without those whose keys the request names. */
  readonly removed: (tags: readonly Tag[], body: JsonBody) => readonly Tag[];
}

/** EventBridge's tags have a `Key` and a `Value`, those of KMS a `TagKey` and a `TagValue`. */
export function jsonTags<K extends string, V extends string>(
  key: K,
  value: V,
): JsonTags<Readonly<Record<K | V, string>>> {
  type Tag = Readonly<Record<K | V, string>>;
  const brought = (body: JsonBody): readonly Tag[] =>
    body.objects("Tags").map(
      (one) =>
        ({
          [key]: one.text(key),
          [value]: one.optionalText(value) ?? "",
        }) as Tag,
    );
  return {
    brought,
    keys: (prefix, tags) =>
      Object.fromEntries(
        tags.map((one) => [`${prefix}/${one[key]}`, one[value]]),
      ),
    added: (tags, body) => {
      const more = brought(body);
      const again = new Set(more.map((one) => one[key]));
      return [...tags.filter((one) => !again.has(one[key])), ...more];
    },
    removed: (tags, body) => {
      const gone = body.texts("TagKeys");
      return tags.filter((one) => !gone.includes(one[key]));
    },
  };
}
