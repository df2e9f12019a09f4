import { accountActions } from "./account-power";
import { actionsOf, escalationPaths } from "./escalation-paths";

/**
 * What the rules ask about beside IAM and STS, in the order of the alphabet: AWS's managed policies are
 * shortened to it.
 */
export const askedActions: readonly string[] = [
  ...new Set([
    ...accountActions.map(({ action }) => action),
    ...escalationPaths.flatMap(actionsOf),
  ]),
].sort();
