import type { BastionConfig, WorkloadConfig } from "../../infra/config";
import { isSingleAccount } from "../../infra/config/single-account";
import { documentText } from "../../infra/documents/policy-document";
import { planGroups } from "../../infra/groups";
import { bastionComponent } from "../../infra/logical-names";
import { revokedSessions } from "../../infra/names";
import { planBastionRoles, planRoles, type RolePlan } from "../../infra/roles";
import type { AccountName } from "../accounts/organisation";
import { workloadAccount } from "../bastion-config";

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
  const ofBastion = [
    ...groupPolicies(bastion),
    ...rolePolicies(planBastionRoles(bastion)),
  ];
  const accounts = organisation.accounts.map((facts): AccountToClose => {
    const known = workloadAccount(bastion, facts, workloads);
    const { id, name } = facts;
    return {
      id,
      name,
      policies: [
        // A single account is both.
        ...(id === accountId ? ofBastion : []),
        ...rolePolicies(
          planRoles(known.organisation, known.account, accountId),
        ),
      ],
    };
  });
  return isSingleAccount(organisation, accountId)
    ? accounts
    : [
        { id: accountId, name: bastionComponent, policies: ofBastion },
        ...accounts,
      ];
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
