import type {
  BastionConfig,
  InlinePolicy,
  Organisation,
  RevokedFacts,
  RoleDefinition,
  WorkloadAccountFacts,
} from "./config";
import { isSingleAccount } from "./config/single-account";
import { documentText } from "./documents/policy-document";
import { quotas } from "./documents/quotas";
import { revokedRoleSessions } from "./documents/revoked-sessions";
import { trustPolicy } from "./documents/trust";
import { bastionComponent } from "./logical-names";
import { auditorRole, revokedSessions } from "./names";
import {
  awsManagedPolicyArn,
  iamArn,
  switchRoleUrl,
  type AccountId,
  type Partition,
} from "./partition";

/** A role of a workload account, with all that depends on the account filled in. */
export type RolePlan = ReturnType<typeof planRole>;

/** Which roles a workload account has, in the order of the config. */
export const planRoles = (
  organisation: Organisation,
  account: WorkloadAccountFacts,
  bastionAccountId: AccountId,
): readonly RolePlan[] =>
  [...organisation.roles.values()]
    .filter(({ name }) => account.roles.includes(name))
    .map((role) =>
      planRole(
        { ...role, ...(account.production && role.inProduction) },
        organisation,
        account,
        bastionAccountId,
      ),
    );

/**
 * The bastion's own role, where config asks for an auditor: nothing else takes a role there. In a
 * single account it stands among the others.
 */
export const planBastionRoles = ({
  organisation,
  accountId,
}: BastionConfig): readonly RolePlan[] =>
  organisation.auditor && !isSingleAccount(organisation, accountId)
    ? planRoles(
        organisation,
        {
          name: bastionComponent,
          id: accountId,
          roles: [auditorRole],
          production: false,
        },
        accountId,
      )
    : [];

function planRole(
  role: RoleDefinition,
  { partition, revokedSessions: revoked }: Organisation,
  account: WorkloadAccountFacts,
  bastionAccountId: AccountId,
) {
  const { name, description, maxSessionSeconds, permissionsBoundary } = role;
  return {
    name,
    description,
    trustPolicy: trustPolicy({ ...role, partition, bastionAccountId }),
    /** Seconds, 3,600 to 43,200. */
    maxSessionSeconds,
    permissionsBoundaryArn:
      permissionsBoundary === undefined || isArn(permissionsBoundary)
        ? permissionsBoundary
        : iamArn(partition, account.id, `policy/${permissionsBoundary}`),
    /** ARNs by the name that the config has for the policy. */
    managedPolicyArns: Object.fromEntries(
      role.managedPolicies.map((policy) => [
        policy,
        isArn(policy) ? policy : awsManagedPolicyArn(partition, policy),
      ]),
    ),
    /** Documents as text, by name. */
    inlinePolicies: {
      ...Object.fromEntries(
        Object.entries(role.inlinePolicies).map(([policy, inline]) => [
          policy,
          inlineText(inline, partition, account.id),
        ]),
      ),
      ...revokedPolicy(revoked),
    },
    /** Takes a user who is signed in to the console into the role. */
    switchUrl: switchRoleUrl(partition, account, name),
  };
}

/** For as long as some session of a role may run that was opened before. */
function revokedPolicy(
  revoked: readonly RevokedFacts[],
): Readonly<Record<string, string>> {
  const running = revoked.filter(
    ({ secondsAgo }) => secondsAgo < quotas.roleSession.most,
  );
  return running.length === 0
    ? {}
    : { [revokedSessions]: documentText(revokedRoleSessions(running)) };
}

const isArn = (policy: string): boolean => policy.startsWith("arn:");

const inlineText = (
  policy: InlinePolicy,
  partition: Partition,
  accountId: AccountId,
): string =>
  policy.kind === "built"
    ? documentText(policy.build(partition, accountId))
    : JSON.stringify(policy.document);
