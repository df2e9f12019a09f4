import { closest, distance } from "fastest-levenshtein";

/** The name that may have been meant: half of its letters, at most, are other ones. undefined: none. */
export function nearestName(
  name: string,
  known: readonly string[],
): string | undefined {
  if (known.length === 0) return undefined;
  const one = closest(name, known);
  const others = lettersBetween(name, one);
  return others * 2 <= Math.max(name.length, one.length) ? one : undefined;
}

/** Whether one is hardly ever meant as a name beside the other: two letters, at most, are other ones. */
export const isSlipOf = (name: string, other: string): boolean =>
  lettersBetween(name, other) <= 2;

const lettersBetween = (name: string, other: string): number =>
  distance(name.toLowerCase(), other.toLowerCase());
