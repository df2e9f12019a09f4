import { isPlainObject } from "./plain-object";
import type { Resource } from "./resource";
import { partsOf, pathToUnknown } from "./unknown";

/**
 * A resource's tags, and those that its provider gives it: a map in `aws`, a list of keys and values in
 * `aws-native`. Keys in lower case, as conditions read them.
 *
 * @returns undefined when not all of them are known before the deployment
 */
export function tagsOf({
  inputs,
}: Resource): ReadonlyMap<string, string> | undefined {
  const both = [inputs["tags"], inputs["tagsAll"]];
  if (pathToUnknown(both) !== undefined) return undefined;
  return new Map(
    both
      .flatMap(partsOf)
      .map(([key, value]) =>
        isPlainObject(value) ? [value["key"], value["value"]] : [key, value],
      )
      .map(([key, value]) => [String(key).toLowerCase(), String(value)]),
  );
}
