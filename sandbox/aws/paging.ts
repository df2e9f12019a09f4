import { validationError } from "./errors";

/** An item of a list, behind the key that the list is in the order of. */
export type Keyed<T> = readonly [key: string, item: T];

export interface Page<T> {
  readonly items: readonly T[];
  /** For the next page; undefined on the last one. */
  readonly next: string | undefined;
}

/**
 * The part of a list behind a token that an earlier page gave.
 *
 * A token names the item that it follows, not a count: a caller who deletes each page before the next
 * one is asked for still meets every item.
 */
export function pageAfter<T>(
  token: string | undefined,
  size: number,
  all: readonly Keyed<T>[],
): Page<T> {
  const after = keyIn(token);
  const rest = all
    .filter(([key]) => after === undefined || key > after)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const page = rest.slice(0, size);
  const [last] = page.at(-1) ?? [];
  return {
    items: page.map(([, item]) => item),
    next: rest.length > size && last !== undefined ? tokenOf(last) : undefined,
  };
}

const tokenOf = (key: string): string =>
  Buffer.from(`after:${key}`).toString("base64");

function keyIn(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const text = Buffer.from(token, "base64").toString();
  if (!text.startsWith("after:")) throw validationError("Invalid Marker.");
  return text.slice("after:".length);
}
