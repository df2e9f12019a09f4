import type { Call, Result, ResultValue } from "../operation";
import type { Parameters } from "../parameters";
import { validationError } from "../errors";

export interface Page<T> {
  readonly items: readonly T[];
  /** The fields that follow the list in the answer. */
  readonly trailer: Result;
}

/**
 * The part of a list that the caller asked for: `Marker` and `MaxItems` in, and out again.
 *
 * A marker names the item that it follows, not a count: a caller who deletes each page before
 * the next one is asked for still meets every item.
 */
export function pageOf<T>(
  parameters: Parameters,
  all: Iterable<T>,
  keyOf: (item: T) => string,
): Page<T> {
  const size = parameters.wholeNumber(
    "MaxItems",
    { least: 1, most: 1_000 },
    100,
  );
  const after = keyIn(parameters.get("Marker"));
  const rest = [...all]
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const truncated = rest.length > size;
  return {
    items: page.map(({ item }) => item),
    trailer: {
      IsTruncated: truncated,
      Marker: truncated && last ? markerOf(last.key) : undefined,
    },
  };
}

/** The page of a list as an answer, in the field that AWS gives it. */
export function listPage<T>(
  { parameters }: Call,
  field: string,
  all: Iterable<T>,
  keyOf: (item: T) => string,
  describe: (item: T) => ResultValue,
): Result {
  const { items, trailer } = pageOf(parameters, all, keyOf);
  return { [field]: items.map(describe), ...trailer };
}

const markerOf = (key: string): string =>
  Buffer.from(`after:${key}`).toString("base64");

function keyIn(marker: string | undefined): string | undefined {
  if (marker === undefined || marker === "") return undefined;
  const text = Buffer.from(marker, "base64").toString();
  if (!text.startsWith("after:")) throw validationError("Invalid Marker.");
  return text.slice("after:".length);
}
