import { quotas } from "../../infra/documents/quotas";
import {
  everybodysGroup,
  groupPolicies,
  groupRolesPolicy,
  inlinePoliciesOf,
  teamOfGroup,
} from "../../infra/names";
import type { LiveAccount, LiveGroup } from "../accounts/live-account";

/** Whether a policy on a group is one that the program puts there. */
export function isOwnPolicy(group: string, policy: string): boolean {
  const inline = inlinePoliciesOf(group);
  if (inline === undefined) return false;
  const most = quotas.managedPoliciesPerGroup;
  const managed = Array.from({ length: most }, (_, index) =>
    groupRolesPolicy(group, index + 1),
  );
  return [...inline, ...managed].includes(policy);
}

/** Whether the bastion stack has been deployed into the account. */
export const isDeployed = ({ groups }: LiveAccount): boolean =>
  groups.some(
    ({ name, inlinePolicies }) =>
      name === everybodysGroup &&
      [groupPolicies.selfService, groupPolicies.mfaGuard].every((policy) =>
        inlinePolicies.some((one) => one.name === policy),
      ),
  );

/** Groups that the program makes; a team's holds the team's roles, or nothing. */
export function isOwnGroup(group: LiveGroup): boolean {
  const { name, inlinePolicies, attachedPolicies } = group;
  if (teamOfGroup(name) === undefined) {
    return inlinePoliciesOf(name) !== undefined;
  }
  const policies = [...inlinePolicies, ...attachedPolicies];
  return (
    policies.length === 0 ||
    policies.some((policy) => isOwnPolicy(name, policy.name))
  );
}
