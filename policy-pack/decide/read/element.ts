import type { Faults } from "./faults";

/** The elements of an object by their names in lower case, with the names as written. */
export type Elements = ReadonlyMap<string, Element>;

export interface Element {
  readonly name: string;
  readonly value: unknown;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @returns undefined, with a fault, when it is no object or has an element twice. */
export function elementsOf(
  value: unknown,
  where: string,
  faults: Faults,
): Elements | undefined {
  if (!isObject(value)) {
    faults.add(where, value, "an object");
    return undefined;
  }
  const elements = new Map<string, Element>();
  for (const [name, element] of Object.entries(value)) {
    if (element === undefined || element === null) continue;
    const lower = name.toLowerCase();
    if (elements.has(lower)) {
      faults.say(`${where} has the element ${name} twice`);
      return undefined;
    }
    elements.set(lower, { name, value: element });
  }
  return elements;
}

/** One text or a list of texts; numbers and truths are written as text where IAM takes them so. */
export function texts(
  value: unknown,
  where: string,
  faults: Faults,
  scalars: "text only" | "any scalar" = "text only",
): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((one, index) => {
    if (typeof one === "string") return [one];
    if (
      scalars === "any scalar" &&
      (typeof one === "number" || typeof one === "boolean")
    ) {
      return [String(one)];
    }
    faults.add(
      Array.isArray(value) ? `${where}[${index}]` : where,
      one,
      "text, or a list of texts",
    );
    return [];
  });
}
