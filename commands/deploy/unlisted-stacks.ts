import { availableParallelism } from "node:os";
import { inParallel } from "../accounts/in-parallel";

/**
 * A state that can't be read, as Pulumi says it where it lists stacks of a store of one's own: without its
 * name, in the words of what reads JSON. Source: tried with cut states, 3.259.
 */
const ofState =
  /JSON input|invalid character|\bjson: |^error: (place \d+: )?(unexpected )?EOF$|unsupported checkpoint version|failed to load checkpoint|snapshot integrity failure|could not deserialize/m;

/**
 * What is to be done where Pulumi lists no stacks. A store of one's own lists none while one state can't be
 * read, and does not say whose it is: each is looked at then, and only then, which takes long.
 *
 * @param expected names of stacks that may be there
 */
export async function remedyForUnlisted(
  printed: string,
  expected: readonly string[],
  isUnreadable: (stack: string) => Promise<boolean>,
): Promise<string> {
  if (!ofState.test(printed)) {
    return "Fix: log in with pulumi login, or set PULUMI_BACKEND_URL.";
  }
  const all = await inParallel(expected, availableParallelism(), isUnreadable);
  const unreadable = expected.filter((_, index) => all[index]);
  return unreadable.length === 0
    ? "The state that can't be read is of a stack that the config does not have. Fix: find it by pulumi stack export --stack <name>, which tells for each; then npm run recover -- --stack <name>."
    : `The state of ${unreadable.join(", ")} can't be read. Fix: npm run recover -- --stack ${unreadable.join(", and with ")}; and this again.`;
}
