import { unknownValue, type Inputs } from "./made";

/** What is different, in words for a person; undefined: nothing. */
export type Difference = string | undefined;

/** A value of AWS's and the program's for it; what is not known before a deployment differs from nothing. */
export function differentText(
  what: string,
  live: string | undefined,
  wanted: unknown,
  usual = "",
): Difference {
  if (wanted === unknownValue) return undefined;
  const expected = wanted === undefined || wanted === "" ? usual : wanted;
  return (live ?? usual) === expected
    ? undefined
    : `its ${what} is ${JSON.stringify(live ?? "")}`;
}

/** Documents that say the same, in whatever order of keys and of lists. */
export function differentDocument(
  what: string,
  live: string | undefined,
  wanted: unknown,
): Difference {
  if (wanted === unknownValue) return undefined;
  return live !== undefined &&
    typeof wanted === "string" &&
    canonical(live) === canonical(wanted)
    ? undefined
    : `its ${what} is another`;
}

/** A list of one is the one; what can't be read is as it stands. */
function canonical(text: string): string {
  try {
    return JSON.stringify(ordered(JSON.parse(text)));
  } catch {
    return text;
  }
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(ordered);
    if (items.length === 1) return items[0];
    return items
      .map((item) => [JSON.stringify(item), item] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item);
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, ordered(item)]),
  );
}

/** The provider's tags are among those of the resource. */
export function differentTags(
  live: readonly {
    readonly Key?: string | undefined;
    readonly Value?: string | undefined;
  }[],
  inputs: Inputs,
): Difference {
  const wanted = inputs["tagsAll"] ?? inputs["tags"] ?? {};
  const found = Object.fromEntries(
    live.map(({ Key = "", Value = "" }) => [Key, Value]),
  );
  return canonical(JSON.stringify(found)) === canonical(JSON.stringify(wanted))
    ? undefined
    : `its tags are ${JSON.stringify(found)}`;
}

/** What is there and is not to be there; what is still to come is none. */
export function differentMembers(
  what: string,
  live: readonly string[],
  wanted: readonly string[],
): Difference {
  const strange = live.filter((one) => !wanted.includes(one));
  return strange.length === 0
    ? undefined
    : `it has the ${what} ${strange.join(", ")}`;
}
