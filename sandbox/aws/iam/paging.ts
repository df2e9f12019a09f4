import type { Call, Result, ResultValue } from "../operation";
import { validationError } from "../errors";

/** An item of a list, behind the key that the list is in the order of. */
export type Keyed<T> = readonly [key: string, item: T];

/**
 * The part of a list that the caller asked for: `Marker` and `MaxItems` in, and out again.
 *
 * A marker names the item that it follows, not a count: a caller who deletes each page before
 * the next one is asked for still meets every item. The trailer is what follows the list.
 */
export function pageOf<T>(
  { parameters }: Call,
  all: readonly Keyed<T>[],
): { readonly items: readonly T[]; readonly trailer: Result } {
  const bounds = { least: 1, most: 1_000 };
  const size = parameters.wholeNumber("MaxItems", bounds, 100);
  const after = keyIn(parameters.get("Marker"));
  const rest = all
    .filter(([key]) => after === undefined || key > after)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const page = rest.slice(0, size);
  const [last] = page.at(-1) ?? [];
  const IsTruncated = rest.length > size;
  return {
    items: page.map(([, item]) => item),
    trailer: {
      IsTruncated,
      Marker: IsTruncated && last !== undefined ? markerOf(last) : undefined,
    },
  };
}

/** The page of a list as an answer, in the field that AWS gives it. */
export function listPage(
  call: Call,
  field: string,
  all: readonly Keyed<ResultValue>[],
): Result {
  const { items, trailer } = pageOf(call, all);
  return { [field]: items, ...trailer };
}

const markerOf = (key: string): string =>
  Buffer.from(`after:${key}`).toString("base64");

function keyIn(marker: string | undefined): string | undefined {
  if (marker === undefined || marker === "") return undefined;
  const text = Buffer.from(marker, "base64").toString();
  if (!text.startsWith("after:")) throw validationError("Invalid Marker.");
  return text.slice("after:".length);
}
