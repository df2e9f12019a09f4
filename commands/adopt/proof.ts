import { withoutMfa } from "../../policy-pack/decide/mfa";
import { mayRequest, type Permissions } from "../../policy-pack/decide/powers";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { showsCodes } from "../accounts/mfa-device";
import type { UnreadAccount } from "../accounts/organisation";
import { fewOf } from "../formats/few-of";
import { isProgram } from "./ways-in";
import {
  isTakenOver,
  oldKeys,
  roleStays,
  type RemovalCriteria,
} from "./superseded";
import { lossesOf } from "./losses";
import { permissionsBesidePattern, permissionsOfPattern } from "./permissions";
import { rolesLost } from "./roles-lost";
import { userPermissions } from "../accounts/permissions";
import {
  levelOf,
  mayAssume,
  mayDenyRoles,
  rolesOpenTo,
  type OpenRole,
} from "./reach";

/** The accounts as they are deployed, and what is asked of them. */
export interface Deployed {
  readonly bastion: LiveAccount;
  readonly workloads: readonly LiveAccount[];
  /** Workload accounts that could not be read: what stands there is not known. */
  readonly unread: readonly UnreadAccount[];
  readonly criteria: RemovalCriteria;
  /** The role that whoever runs this takes in each account; undefined: none. */
  readonly deploymentRole: string | undefined;
  /** Users who may end up with less than they had: somebody has decided so. */
  readonly acceptLess: ReadonlySet<string>;
  /** Whether that is decided for all, of what they have in the bastion itself. */
  readonly acceptLessHere: boolean;
}

export const notTakenOver = (user: string): string =>
  `${user} is not in the deployed stack yet`;

export const needsDevice = ({ name, hasPassword }: LiveUser): string =>
  hasPassword
    ? `${name} has no MFA device: sign in to the console and enrol one, then sign in again`
    : `${name} has neither an MFA device nor a password: give a password, or delete the user`;

export const needsRole = (user: string): string =>
  `${user} is a program: give it a role`;

/** The self-service policy means users at "/", where the program has all. */
export const elsewhere = ({ name, path }: LiveUser): string =>
  `${name} has the path ${path}, where the stack's policies let no user look after themselves: deploy the stack with what is there read anew (pulumi up --refresh), which moves them to /`;

/**
 * What is missing before the user's old permissions can go: nothing, when the user signs in with MFA
 * and reaches through the pattern's groups alone what they reach now. Decided over what is deployed,
 * on both sides, and never over what the config says.
 */
export function missingFor(
  deployed: Deployed,
  user: LiveUser,
): readonly string[] {
  const { bastion, criteria } = deployed;
  if (isProgram(user, criteria)) return [needsRole(user.name)];
  if (!isTakenOver(bastion, user)) return [notTakenOver(user.name)];
  if (user.path !== "/") return [elsewhere(user)];
  const pattern = permissionsOfPattern(bastion, user);
  return [
    ...missingSignIn(user, pattern, deployed),
    ...missingReach(user, pattern, deployed),
  ];
}

/** Of the ways that the user really has: a password and any device, or a key that stays and a code. */
function missingSignIn(
  user: LiveUser,
  pattern: Permissions,
  { criteria }: Deployed,
): readonly string[] {
  const { name, devices, hasPassword } = user;
  if (devices.length === 0) return [needsDevice(user)];
  if (hasPassword) return [];
  if (!devices.some(showsCodes)) {
    return [
      `${name} has a security key alone and no password: a security key opens no session by an access key. Give a password, and enrol a device that shows codes`,
    ];
  }
  const old = oldKeys(user, criteria).map(({ id }) => id);
  const staying = user.accessKeys.filter(
    ({ id, isActive }) => isActive && !old.includes(id),
  );
  return staying.length > 0 && mayOpenSession(pattern)
    ? []
    : [
        `${name} has neither a password nor an access key that stays: make a new key, or give a password`,
      ];
}

/** `GetSessionToken` with a bare key, and the MFA code as its argument. */
const mayOpenSession = (pattern: Permissions): boolean =>
  withoutMfa.slice(0, 1).every(
    (bareKey) =>
      mayRequest(pattern, {
        action: "sts:GetSessionToken",
        resource: "arn:::::",
        mfa: bareKey,
      }).answer === "open",
  );

function missingReach(
  user: LiveUser,
  pattern: Permissions,
  deployed: Deployed,
): readonly string[] {
  const { bastion, criteria, acceptLess } = deployed;
  const old = permissionsBesidePattern(bastion, user);
  const open = rolesAfterwards(pattern, deployed);
  const more = mayDenyRoles(old) ? gained(bastion, user, open) : [];
  if (more.length > 0) return more;
  const hadAny = levelOf(old, criteria.now) !== "nothing";
  if (hadAny && open.length === 0) {
    return [`${user.name} can take no role in any account of the stack`];
  }
  return acceptLess.has(user.name)
    ? []
    : lost(user, { old, pattern, open }, deployed);
}

/** The roles that the user may take by the pattern alone, of those that stay. */
export const rolesAfterwards = (
  pattern: Permissions,
  { bastion, workloads, criteria }: Deployed,
): readonly OpenRole[] => {
  const staying = bastion.roles.filter((role) =>
    roleStays(bastion, role, criteria),
  );
  return rolesOpenTo(pattern, [{ ...bastion, roles: staying }, ...workloads]);
};

/** What nobody has decided that the user should have: an old Deny keeps them from it. */
function gained(
  bastion: LiveAccount,
  user: LiveUser,
  open: readonly OpenRole[],
): readonly string[] {
  const now = userPermissions(bastion, user);
  const arns = open
    .filter(({ role }) => mayAssume(now, role) === "closed")
    .map(({ role }) => role.arn);
  return arns.length === 0
    ? []
    : [
        `${user.name} could then take ${fewOf(arns)}, which an old policy denies: take the grant out of the stack file, or remove that Deny by hand`,
      ];
}

interface Compared {
  readonly old: Permissions;
  readonly pattern: Permissions;
  readonly open: readonly OpenRole[];
}

function lost(
  user: LiveUser,
  { old, pattern, open }: Compared,
  { bastion, workloads, criteria, acceptLessHere }: Deployed,
): readonly string[] {
  const accounts = [bastion, ...workloads];
  const roles = rolesLost(
    userPermissions(bastion, user),
    bastion,
    accounts,
    open,
  );
  const losses = [
    ...roles.map((arn) => `sts:AssumeRole on ${arn}`),
    ...lossesOf({
      old,
      left: pattern,
      open,
      home: bastion.accountId,
      known: accounts.map(({ accountId }) => accountId),
      now: criteria.now,
      mayLoseHere: acceptLessHere,
    }),
  ];
  const { name } = user;
  return losses.length === 0
    ? []
    : [
        `${name} would lose ${fewOf(losses)}: grant a role that allows it there, or --accept-less ${name}`,
      ];
}
