import { deepest } from "../decide/read/nesting";
import type { Path } from "./path";
import { isPlainObject, type Properties } from "./plain-object";

/**
 * What the engine writes for a value that nobody knows before the deployment. @pulumi/policy has
 * these texts in its proxy.js, but does not export them.
 */
export const markers = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
] as const;

const anyMarker = new RegExp(markers.join("|"));
const shortest = Math.min(...markers.map(({ length }) => length));

/** Most texts are too short for one, and need no look. */
const hasMarker = (text: string): boolean =>
  text.length >= shortest && anyMarker.test(text);

/**
 * Stands in a resource's properties where the engine has a marker, so that no rule can take the marker
 * for a text, or print it.
 */
export class Unknown {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether what is known of the text around the value matches. */
  matches(pattern: RegExp): boolean {
    return pattern.test(this.#text);
  }

  toJSON(): string {
    return "(not known yet)";
  }

  toString(): string {
    return this.toJSON();
  }
}

/** Stands where a template computes a value that nobody here can compute, now or later. */
export class Unread extends Unknown {
  /**
   * @param why what it takes: "Fn::ImportValue takes a value of another stack"
   * @param remedy what lets the rules read it: "give the template as templateBody"
   * @param part what it may be taken for inside a text, such as an ARN, where its value decides nothing
   */
  constructor(
    readonly why: string,
    readonly remedy = "write the value out, or give it as a parameter of the stack",
    readonly part?: string,
  ) {
    super(why);
  }
}

/**
 * Puts an `Unknown` in the place of each text that is a marker, or has one in it, and of each object
 * that has one in a key; and an `Unread` in the place of what nests too deep to be read. Every resource
 * passes here on its way to the rules: what has none stays the same object.
 *
 * @param levels how much deeper lists and objects may lie in each other
 */
export function withUnknowns(value: unknown, levels = deepest): unknown {
  if (!hasUnknown(value, levels)) return value;
  if (typeof value === "string") return new Unknown(value);
  if (levels === 0) return tooDeep;
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).map((inside) =>
      withUnknowns(inside, levels - 1),
    );
  }
  const entries = Object.entries(value as Properties);
  const [marked] = entries.filter(([key]) => hasMarker(key));
  if (marked !== undefined) return new Unknown(marked[0]);
  return Object.fromEntries(
    entries.map(([key, inside]) => [key, withUnknowns(inside, levels - 1)]),
  );
}

const tooDeep = new Unread(
  `it has lists and objects in each other, more than ${deepest} deep`,
  "write it as AWS takes it",
);

function hasUnknown(value: unknown, levels: number): boolean {
  if (typeof value === "string") return hasMarker(value);
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    return value.some((inside) => hasUnknown(inside, levels - 1));
  }
  return Object.entries(value).some(
    ([key, inside]) => hasMarker(key) || hasUnknown(inside, levels - 1),
  );
}

export const isUnknown = (value: unknown): value is Unknown =>
  value instanceof Unknown;

/** What is unknown at the first such place inside, or undefined where all is known. */
export function unknownIn(value: unknown): Unknown | undefined {
  if (isUnknown(value)) return value;
  for (const [, inside] of partsOf(value)) {
    const found = unknownIn(inside);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The way to the first unknown value inside, or undefined where all is known.
 *
 * @param counts which of them are asked for
 */
export function pathToUnknown(
  value: unknown,
  counts: (one: Unknown) => boolean = () => true,
): Path | undefined {
  // Most values are texts.
  if (typeof value !== "object") return undefined;
  if (isUnknown(value)) return counts(value) ? [] : undefined;
  for (const [key, inside] of partsOf(value)) {
    const path = pathToUnknown(inside, counts);
    if (path !== undefined) return [key, ...path];
  }
  return undefined;
}

/** The values directly inside, with the step that leads to each. */
export function partsOf(
  value: unknown,
): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return [...(value as readonly unknown[]).entries()];
  return isPlainObject(value) && !isUnknown(value) ? Object.entries(value) : [];
}
