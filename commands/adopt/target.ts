import type { LiveAccount, LiveIdentity } from "../accounts/live-account";
import type { HeldPolicy, Removal } from "./removal";
import { heldPolicies } from "./superseded";

/** What is removed, by its names: the same in every plan. */
export function removalKey(removal: Removal): string {
  switch (removal.kind) {
    case "policy": {
      const { holder, name, policy } = removal;
      return JSON.stringify(["policy", holder, name, policy]);
    }
    case "membership":
      return JSON.stringify(["membership", removal.user, removal.group]);
    case "group":
      return JSON.stringify(["group", removal.group]);
    case "key":
      return JSON.stringify(["key", removal.user, removal.id]);
    case "role":
      return JSON.stringify(["role", removal.role]);
  }
}

/**
 * What stands behind the names: unique ids and documents. It differs once that was changed, or made
 * anew under the same name.
 */
export function targetOf(account: LiveAccount, removal: Removal): string {
  const { users, groups, roles } = account;
  switch (removal.kind) {
    case "policy": {
      const holders = { user: users, group: groups, role: roles };
      return identityText(account, holders[removal.holder], removal.name, [
        removal.policy,
      ]);
    }
    case "membership":
      return (
        identityText(account, users, removal.user, []) +
        identityText(account, groups, removal.group)
      );
    case "group":
      return identityText(account, groups, removal.group);
    case "key":
      return identityText(account, users, removal.user, []);
    case "role": {
      const role = roles.find(({ name }) => name === removal.role);
      return (
        identityText(account, roles, removal.role) +
        JSON.stringify([role?.trust, role?.boundary])
      );
    }
  }
}

/** @param policies those that count; left out: all that it holds */
function identityText(
  { managedPolicies }: LiveAccount,
  identities: readonly LiveIdentity[],
  wanted: string,
  policies?: readonly HeldPolicy[],
): string {
  const identity = identities.find(({ name }) => name === wanted);
  if (identity === undefined) return "";
  const textOf = (policy: HeldPolicy): string | undefined =>
    policy.kind === "attached"
      ? managedPolicies.get(policy.arn)
      : identity.inlinePolicies.find(({ name }) => name === policy.name)?.text;
  return JSON.stringify([
    identity.id,
    (policies ?? heldPolicies(identity)).map((one) => [one, textOf(one)]),
  ]);
}
