import type { Document } from "./document";
import { keysIn, organisationKeys } from "./keys";
import { isMissing, isPresent, type Literal } from "./literal";

/**
 * What may hold of keys that come together, where documents speak of both: they are there, or are not.
 * No case is left out, and where nothing is spoken of there is one that says nothing.
 */
export function togetherOrNot(
  documents: readonly Document[],
): readonly (readonly Literal[])[] {
  const spoken = documents.flatMap(keysIn).filter((key) => tied.has(key));
  if (spoken.length < 2) return [[]];
  return organisationKeys
    .filter((pair) => pair.every((key) => spoken.includes(key)))
    .reduce<readonly (readonly Literal[])[]>(
      (cases, pair) =>
        cases.flatMap((one) =>
          [isPresent, isMissing].map((how) => [...one, ...pair.map(how)]),
        ),
      [[]],
    );
}

const tied: ReadonlySet<string> = new Set(organisationKeys.flat());
