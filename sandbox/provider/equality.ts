import { isDeepStrictEqual } from "node:util";
import type { ResourceType } from "./resource";

/** Whether an input changed, as the real provider sees it. */
export function differs(
  type: ResourceType,
  name: string,
  before: unknown,
  after: unknown,
): boolean {
  if (type.documents?.includes(name)) {
    return !isDeepStrictEqual(meaning(before), meaning(after));
  }
  if (type.sets?.includes(name)) {
    return !isDeepStrictEqual(sorted(before), sorted(after));
  }
  return !isDeepStrictEqual(before ?? undefined, after ?? undefined);
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(String).sort() : (value ?? []);

/** A document without what IAM does not look at: order of lists, one value or a list of one. */
function meaning(document: unknown): unknown {
  if (typeof document !== "string") return document;
  try {
    return normal(JSON.parse(document));
  } catch {
    return document;
  }
}

function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(normal);
    if (items.length === 1) return items[0];
    return items.sort((a, b) =>
      JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
    );
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, normal(item)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
