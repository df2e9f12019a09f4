import type { BastionConfig, WorkloadConfig } from "../../infra/config";
import { isSingleAccount } from "../../infra/config/single-account";
import { documentText } from "../../infra/documents/policy-document";
import { planGroups } from "../../infra/groups";
import { bastionComponent } from "../../infra/logical-names";
import { revokedSessions } from "../../infra/names";
import { planBastionRoles, planRoles, type RolePlan } from "../../infra/roles";
import type { AccountName } from "../accounts/organisation";

/** An inline policy to put into a role, or into a group. */
export interface PolicyToPut {
  readonly holder: "role" | "group";
  readonly name: string;
  readonly text: string;
}

export interface AccountToClose extends AccountName {
  readonly policies: readonly PolicyToPut[];
}

/**
 * The policies by which the program closes sessions, in each account: a deployment finds what it would
 * have put there itself.
 *
 * @param workloads what the workload stacks say, as far as that differs from what all stacks share
 */
export function policiesToPut(
  bastion: BastionConfig,
  workloads: readonly WorkloadConfig[],
): readonly AccountToClose[] {
  const { organisation, accountId } = bastion;
  const own: AccountToClose = {
    id: accountId,
    name: bastionComponent,
    policies: [
      ...groupPolicies(bastion),
      ...rolePolicies(planBastionRoles(bastion)),
    ],
  };
  const others = organisation.accounts.map(({ id, name }): AccountToClose => {
    const told = workloads.find(({ accounts }) =>
      accounts.some((one) => one.id === id),
    );
    const facts = told?.organisation ?? organisation;
    const roles = facts.accounts
      .filter((one) => one.id === id)
      .flatMap((one) => planRoles(facts, one, accountId));
    return { id, name, policies: rolePolicies(roles) };
  });
  // A single account is both, under the name that the config has for it.
  const [single] = others;
  return single !== undefined && isSingleAccount(organisation, accountId)
    ? [{ ...single, policies: [...own.policies, ...single.policies] }]
    : [own, ...others];
}

const groupPolicies = (bastion: BastionConfig): readonly PolicyToPut[] =>
  planGroups(bastion).flatMap(({ name, inlinePolicies }) => {
    const document = inlinePolicies[revokedSessions];
    return document === undefined
      ? []
      : [{ holder: "group" as const, name, text: documentText(document) }];
  });

const rolePolicies = (roles: readonly RolePlan[]): readonly PolicyToPut[] =>
  roles.flatMap(({ name, inlinePolicies }) => {
    const text = inlinePolicies[revokedSessions];
    return text === undefined ? [] : [{ holder: "role" as const, name, text }];
  });
