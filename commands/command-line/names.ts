import { closest } from "fastest-levenshtein";
import { UsageError } from "./options";

/** Names that an option was given, and those that there are. */
export interface NamesGiven {
  readonly option: string;
  readonly names: Iterable<string>;
  /** What they are names of: `user of account 111111111111`. */
  readonly what: string;
  readonly known: readonly string[];
}

/** @throws UsageError for a name that nothing has: somebody meant another. */
export function refuseUnknownNames({
  option,
  names,
  what,
  known,
}: NamesGiven): void {
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new UsageError(
      `--${option} ${JSON.stringify(name)} names no ${what}${nearest(name, known)}`,
    );
  }
}

/** What may have been meant, as the end of a sentence; "": there is none to mean. */
export const nearest = (name: string, known: readonly string[]): string =>
  known.length === 0 ? "" : `; the nearest is ${closest(name, known)}`;
