import { withWildcards } from "./text/pattern";
import type { Segment, View, ViewedTest } from "./text/text-test";

/**
 * Keys that hold parts of the same texts, so that the value of one says something of the others: a
 * user's ARN ends in the user's name and holds the account. The segments are what is looked for.
 */
export interface DerivedKeys {
  readonly segments: readonly Segment[];
  /** By key, lower case: what it holds. Each of them is in every request. */
  readonly views: ReadonlyMap<string, View>;
  /** What else the segments must be like. */
  readonly tests: readonly ViewedTest[];
  /** Segments to try first, for a witness that reads well. */
  readonly examples: readonly (readonly string[])[];
}

/** @param parts with the keys of their views in any case */
export const derivedKeys = ({
  views,
  ...rest
}: Omit<DerivedKeys, "views"> & {
  readonly views: Readonly<Record<string, View>>;
}): DerivedKeys => ({
  ...rest,
  views: new Map(
    Object.entries(views).map(([key, view]) => [key.toLowerCase(), view]),
  ),
});

export const matching = (
  view: View,
  matched: boolean,
  ...texts: readonly string[]
): ViewedTest => ({
  view,
  matched,
  patterns: texts.map(withWildcards),
});

/** A path begins and ends with a slash. Source: AWS documentation, "IAM identifiers". */
export const isPath = (place: number): ViewedTest =>
  matching([place], true, "/", "/?*/");
