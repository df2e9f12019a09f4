import type { BastionConfig } from "../../infra/config";
import { planGroups } from "../../infra/groups";
import { planRoles } from "../../infra/roles";
import type { RolePolicies, UserPolicies } from "./organisation";

/** What the program is about to build, in the form in which AWS would tell it. */
export function plannedUsers(config: BastionConfig): readonly UserPolicies[] {
  const groups = planGroups(config);
  return config.users.map(({ name, tags }) => ({
    name,
    tags,
    arn: `arn:${config.organisation.partition}:iam::${config.accountId}:user/${name}`,
    documents: groups
      .filter(({ members }) => members.includes(name))
      .flatMap(({ inlinePolicies, managedPolicies }) => [
        ...Object.values(inlinePolicies),
        ...managedPolicies,
      ]),
  }));
}

export function plannedRoles({
  organisation,
  accountId,
}: BastionConfig): readonly RolePolicies[] {
  const { partition, accounts } = organisation;
  return accounts.flatMap((account) =>
    planRoles(organisation, account, accountId).map(
      ({ name, trustPolicy }) => ({
        name,
        arn: `arn:${partition}:iam::${account.id}:role/${name}`,
        trust: trustPolicy,
        documents: [],
      }),
    ),
  );
}
