import type {
  BastionConfig,
  InlinePolicy,
  Organisation,
  RevokedFacts,
  RoleDefinition,
  RolePermissions,
  WorkloadAccountFacts,
} from "./config";
import { isSingleAccount } from "./config/single-account";
import { machineTrust, type MachineTrust } from "./documents/machine-trust";
import { documentText, type TrustPolicy } from "./documents/policy-document";
import { quotas } from "./documents/quotas";
import {
  checkRoomForRevoked,
  revokedRoleSessions,
} from "./documents/revoked-sessions";
import { trustPolicy } from "./documents/trust";
import { bastionComponent } from "./logical-names";
import { machineRolesOf } from "./machine-access";
import { auditorRole, revokedSessions, standardRoles } from "./names";
import {
  awsManagedPolicyArn,
  iamArn,
  switchRoleUrl,
  type AccountId,
  type Partition,
} from "./partition";
import { boundaryArn } from "./pipeline-boundaries";

/** A role of a workload account, with all that depends on the account filled in. */
export type RolePlan = ReturnType<typeof planRole>;

/** A role that no person takes, in one account. */
export type MachineRolePlan = ReturnType<typeof planPermissions> & {
  readonly trustPolicy: TrustPolicy;
  readonly trust: MachineTrust;
};

/** Which roles a workload account has for people, in the order of the config. */
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
 * The bastion's own roles, where config asks for an auditor or a help desk: people take no others there.
 * In a single account the auditor's stands among the others. No pipeline makes them, so none is bounded.
 */
export function planBastionRoles({
  accountId,
  helpDesk,
  ...config
}: BastionConfig): readonly RolePlan[] {
  const organisation = { ...config.organisation, pipeline: undefined };
  const bastion: WorkloadAccountFacts = {
    name: bastionComponent,
    id: accountId,
    roles: [auditorRole],
    machineRoles: [],
    production: false,
  };
  const hasAuditor =
    organisation.auditor && !isSingleAccount(organisation, accountId);
  return [
    ...(hasAuditor ? planRoles(organisation, bastion, accountId) : []),
    ...(helpDesk === undefined
      ? []
      : [planRole(helpDesk.role, organisation, bastion, accountId)]),
  ];
}

function planRole(
  role: RoleDefinition,
  organisation: Organisation,
  account: WorkloadAccountFacts,
  bastionAccountId: AccountId,
) {
  const { partition, revokedSessions: revoked } = organisation;
  const { name, mfaMaxAgeSeconds } = role;
  const plan = planPermissions(role, organisation, account);
  const inlinePolicies = { ...plan.inlinePolicies, ...revokedPolicy(revoked) };
  checkRoomForRevoked(
    `role ${name}`,
    Object.values(inlinePolicies),
    quotas.roleInlineCharacters,
  );
  return {
    ...plan,
    trustPolicy: trustPolicy({ ...role, partition, bastionAccountId }),
    /** Seconds; undefined: MFA of any age will do. */
    mfaMaxAgeSeconds,
    inlinePolicies,
    /** Takes a user who is signed in to the console into the role. */
    switchUrl: switchRoleUrl(partition, account, name),
  };
}

/**
 * The roles of a workload account that no person takes, in the order of the config. A user's sessions
 * that are closed are none of theirs.
 */
export const planMachineRoles = (
  organisation: Organisation,
  account: WorkloadAccountFacts,
): readonly MachineRolePlan[] =>
  machineRolesOf(organisation, account).map((role) => ({
    ...planPermissions(role, organisation, account),
    trustPolicy: machineTrust(organisation.partition, account.id, role.trust),
    trust: role.trust,
  }));

/** What the role may do, whoever takes it. */
function planPermissions(
  role: RolePermissions,
  organisation: Organisation,
  account: WorkloadAccountFacts,
) {
  const { partition } = organisation;
  const { name, description, maxSessionSeconds } = role;
  return {
    name,
    description,
    /** Seconds, 3,600 to 43,200. */
    maxSessionSeconds,
    permissionsBoundaryArn: boundaryOf(role, organisation, account.id),
    /** ARNs by the name that the config has for the policy. */
    managedPolicyArns: Object.fromEntries(
      role.managedPolicies.map((policy) => [
        policy,
        isArn(policy) ? policy : awsManagedPolicyArn(partition, policy),
      ]),
    ),
    /** Documents as text, by name. */
    inlinePolicies: Object.fromEntries(
      Object.entries(role.inlinePolicies).map(([policy, inline]) => [
        policy,
        inlineText(inline, partition, account.id),
      ]),
    ),
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

/**
 * One that config names; for other roles the pipeline's, if there is one. OpsSudo has none: so the
 * pipeline can't write it, nor any role with a boundary of its own.
 */
function boundaryOf(
  { name, permissionsBoundary }: RolePermissions,
  organisation: Organisation,
  accountId: AccountId,
): string | undefined {
  if (permissionsBoundary === undefined) {
    return name === standardRoles.opsSudo
      ? undefined
      : organisation.pipeline &&
          boundaryArn("roles", organisation.partition, accountId);
  }
  return isArn(permissionsBoundary)
    ? permissionsBoundary
    : iamArn(
        organisation.partition,
        accountId,
        `policy/${permissionsBoundary}`,
      );
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
