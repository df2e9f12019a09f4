import type { Path } from "./path";
import { isPlainObject } from "./plain-object";

/**
 * What stands for a value that nobody knows before the deployment. The strings are those of the
 * engine; @pulumi/policy has them in its proxy.js, but does not export them.
 */
const sentinels = new Set<unknown>([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export const isUnknown = (value: unknown): boolean => sentinels.has(value);

/** The way to the first unknown value inside, or undefined where all is known. */
export function pathToUnknown(value: unknown): Path | undefined {
  if (isUnknown(value)) return [];
  for (const [key, inside] of partsOf(value)) {
    const path = pathToUnknown(inside);
    if (path !== undefined) return [key, ...path];
  }
  return undefined;
}

/** The values directly inside, with the step that leads to each. */
export function partsOf(
  value: unknown,
): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return [...(value as readonly unknown[]).entries()];
  return isPlainObject(value) ? Object.entries(value) : [];
}
