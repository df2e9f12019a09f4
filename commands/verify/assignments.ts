import { freshMfa } from "../../policy-pack/decide/assume-role";
import {
  withMfaOfAge,
  withMfaOlderThan,
  withoutMfa,
  type MfaState,
} from "../../policy-pack/decide/mfa";
import type { LiveRole, Progress } from "../accounts/live-account";
import type { LiveOrganisation, NamedAccount } from "../accounts/organisation";
import type { ExpectedAccess } from "./expected";
import { UserPrincipal } from "./user-principal";
import { mayAssume, type Decision } from "./user-requests";

/** One user before one role: what the config says, and what really opens. */
export interface Assignment {
  readonly user: string;
  readonly userArn: string;
  readonly account: string;
  readonly accountId: string;
  readonly role: string;
  readonly roleArn: string;
  /** Whether the config knows the user, and the role in the account. */
  readonly isInConfig: boolean;
  readonly isGranted: boolean;
  readonly withoutMfa: Decision;
  readonly freshMfa: Decision;
  readonly oldMfa: Decision;
  /** Seconds from which MFA counts as old here. */
  readonly oldMfaSeconds: number;
  /** Whether the config lets old MFA in, where it lets the user in at all. */
  readonly takesOldMfa: boolean;
}

/** Seconds; what counts as old before a role whose config names no age. */
const anHour = 3_600;

export const oldFrom = (seconds: number): readonly MfaState[] => [
  withMfaOfAge(seconds),
  withMfaOlderThan(seconds),
];

/** Roles that a service made for itself, and that nobody else can take. */
const isServiceLinked = ({ path }: LiveRole): boolean =>
  path.startsWith("/aws-service-role/");

export const ownRoles = ({ live }: NamedAccount): readonly LiveRole[] =>
  live.roles.filter((role) => !isServiceLinked(role));

/** The config may name it with a path. */
export const isDeploymentRole = (
  { deploymentRole }: ExpectedAccess,
  { arn }: LiveRole,
): boolean =>
  deploymentRole !== null && arn.endsWith(`:role/${deploymentRole}`);

export const bastionOf = (
  organisation: LiveOrganisation,
  { bastion }: ExpectedAccess,
): NamedAccount | undefined =>
  organisation.accounts.find(({ id }) => id === bastion.id);

/** Every user of the bastion before every role of every account that was read. */
export function decideAssignments(
  organisation: LiveOrganisation,
  expected: ExpectedAccess,
  progress?: Progress,
): readonly Assignment[] {
  const bastion = bastionOf(organisation, expected);
  if (bastion === undefined) return [];
  const principals = bastion.live.users.map(
    (user) => new UserPrincipal(bastion.live, user),
  );
  const granted = grantedBy(expected);
  return organisation.accounts.flatMap((account) => {
    const roles = ownRoles(account).map((role) => ({
      role,
      limit: mfaLimit(expected, account, role),
    }));
    progress?.(
      `${account.name} (${account.id}): deciding ${principals.length} users × ${roles.length} roles`,
    );
    return principals.flatMap((principal) =>
      roles.map(({ role, limit }) => {
        const user = principal.user.name;
        const isGranted = granted(user, account.name, role.name);
        const decided = decideAssignment(principal, account, role, limit);
        const isInConfig = isGranted !== undefined;
        return { ...decided, isInConfig, isGranted: isGranted ?? false };
      }),
    );
  });
}

/** @returns undefined of what the config does not know */
function grantedBy({ users }: ExpectedAccess) {
  const key = (...names: readonly string[]): string => JSON.stringify(names);
  const granted = new Map(
    users.flatMap(({ name, assignments }) =>
      assignments.map((one) => [key(name, one.account, one.role), one.granted]),
    ),
  );
  return (user: string, account: string, role: string): boolean | undefined =>
    granted.get(key(user, account, role));
}

function decideAssignment(
  principal: UserPrincipal,
  account: NamedAccount,
  role: LiveRole,
  limit: number | null,
): Omit<Assignment, "isInConfig" | "isGranted"> {
  const oldMfaSeconds = limit ?? anHour;
  return {
    user: principal.user.name,
    userArn: principal.user.arn,
    account: account.name,
    accountId: account.id,
    role: role.name,
    roleArn: role.arn,
    withoutMfa: mayAssume(principal, role, withoutMfa),
    freshMfa: mayAssume(principal, role, [freshMfa]),
    oldMfa: mayAssume(principal, role, oldFrom(oldMfaSeconds)),
    oldMfaSeconds,
    takesOldMfa: limit === null,
  };
}

/** Seconds; null: the config lets MFA of any age into the role, or does not know it. */
export const mfaLimit = (
  { accounts }: ExpectedAccess,
  account: NamedAccount,
  role: LiveRole,
): number | null =>
  accounts
    .find(({ id }) => id === account.id)
    ?.roles.find(({ name }) => name === role.name)?.mfaMaxAgeSeconds ?? null;

/** Whether anything at all gets in, or may get in. */
const mayOpen = (assignment: Assignment): boolean =>
  [assignment.withoutMfa, assignment.freshMfa, assignment.oldMfa].some(
    ({ answer }) => answer !== "closed",
  );

/** What belongs into a picture of who can reach what: assignments that open, or that should. */
export const isReported = (assignment: Assignment): boolean =>
  assignment.isGranted || mayOpen(assignment);
