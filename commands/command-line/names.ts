import { nearestName } from "../../infra/config/nearest-name";
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
export function nearest(name: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const one = nearestName(name, known);
  return one === undefined
    ? `; there ${known.length === 1 ? "is" : "are"} ${listed(known)}`
    : `; the nearest is ${one}`;
}

/** So that a message stays a message. */
const mostListed = 5;

const listed = (names: readonly string[]): string =>
  names.length <= mostListed
    ? names.join(", ")
    : `${names.slice(0, mostListed).join(", ")} and ${names.length - mostListed} more`;
