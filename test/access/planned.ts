import type { BastionConfig } from "../../infra/config";
import { trustPolicy } from "../../infra/documents/trust";
import { planGroups } from "../../infra/groups";
import type { RolePolicies, UserPolicies } from "./organisation";

/** What the program is about to build, in the form in which AWS would tell it. */
export function plannedUsers(config: BastionConfig): readonly UserPolicies[] {
  const groups = planGroups(config);
  return config.users.map(({ name }) => ({
    name,
    arn: `arn:${config.organisation.partition}:iam::${config.accountId}:user/${name}`,
    documents: groups
      .filter(({ members }) => members.includes(name))
      .flatMap(({ inlinePolicies, managedPolicies }) => [
        ...Object.values(inlinePolicies),
        ...managedPolicies,
      ]),
  }));
}

export function plannedRoles(config: BastionConfig): readonly RolePolicies[] {
  const { partition, accounts, roles } = config.organisation;
  return accounts.flatMap((account) =>
    [...roles.values()]
      .filter(({ name }) => account.roles.includes(name))
      .map(({ name, mfaMaxAgeSeconds, requireTls }) => ({
        name,
        arn: `arn:${partition}:iam::${account.id}:role/${name}`,
        trust: trustPolicy({
          partition,
          bastionAccountId: config.accountId,
          requireTls,
          ...(mfaMaxAgeSeconds === undefined ? {} : { mfaMaxAgeSeconds }),
        }),
        documents: [],
      })),
  );
}
