import type { Document } from "./document";
import { organisationKeys } from "./keys";
import { isMissing, isPresent, type Literal } from "./literal";
import { oncePer } from "./once-per";

/**
 * What may hold of keys that come together, where documents speak of both: they are there, or are not.
 * No case is left out, and where nothing is spoken of there is one that says nothing.
 */
export function togetherOrNot(
  documents: readonly Document[],
): readonly (readonly Literal[])[] {
  const spoken = documents.flatMap(spokenOf);
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

const spokenOf = oncePer(({ statements }: Document): readonly string[] =>
  statements
    .flatMap(({ conditions }) => conditions)
    .map(({ key }) => key)
    .filter((key) => tied.has(key)),
);
