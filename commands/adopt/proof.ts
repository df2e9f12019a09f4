import { withoutMfa } from "../../policy-pack/decide/mfa";
import { mayRequest, type Permissions } from "../../policy-pack/decide/powers";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { isTakenOver, oldKeys, type RemovalCriteria } from "./superseded";
import { permissionsBesidePattern, permissionsOfPattern } from "./permissions";
import {
  atLeast,
  levelOf,
  levelWords,
  rolesOpenTo,
  uncovered,
  type Level,
} from "./reach";

/** The accounts as they are deployed, and what is asked of them. */
export interface Deployed {
  readonly bastion: LiveAccount;
  readonly workloads: readonly LiveAccount[];
  readonly criteria: RemovalCriteria;
  /** Users who may end up with less than they had: somebody has decided so. */
  readonly acceptLess: ReadonlySet<string>;
}

export const notTakenOver = (user: string): string =>
  `${user} is not in the deployed stack yet`;

export const needsDevice = (user: string): string =>
  `${user} has no MFA device: sign in to the console and enrol one, then sign in again`;

/**
 * What is missing before the user's old permissions can go: nothing, when the user signs in with MFA
 * and reaches through the pattern's groups alone what they reach now. Decided over what is deployed,
 * on both sides, and never over what the config says.
 */
export function missingFor(
  deployed: Deployed,
  user: LiveUser,
): readonly string[] {
  if (!isTakenOver(user)) {
    return [notTakenOver(user.name)];
  }
  const { bastion } = deployed;
  const pattern = permissionsOfPattern(bastion, user);
  return [
    ...missingSignIn(user, pattern, deployed),
    ...missingReach(user, pattern, deployed),
  ];
}

function missingSignIn(
  user: LiveUser,
  pattern: Permissions,
  { criteria }: Deployed,
): readonly string[] {
  const { name, devices, hasPassword } = user;
  if (devices.length === 0) {
    return [needsDevice(name)];
  }
  if (hasPassword) return [];
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
  { bastion, workloads, acceptLess }: Deployed,
): readonly string[] {
  const old = permissionsBesidePattern(bastion, user);
  const had = levelOf(old);
  if (had === "nothing") return [];
  const roles = rolesOpenTo(pattern, workloads);
  if (roles.length === 0) {
    return [`${user.name} can take no role in any workload account`];
  }
  if (acceptLess.has(user.name)) return [];
  const has = highest(roles);
  if (!atLeast(has, had)) {
    return [
      `${user.name}'s old policies allow ${levelWords[had]}, and no role that ${user.name} can take allows as much: grant one that does, or --accept-less ${user.name}`,
    ];
  }
  const left = had === "some" ? uncovered(old, pattern, roles) : [];
  if (left.length === 0) return [];
  const others = left.length - mostListed;
  const list = left.slice(0, mostListed).join(", ");
  return [
    `${user.name} would lose ${list}${others > 0 ? ` and ${others} more` : ""}: grant a role that allows it, or --accept-less ${user.name}`,
  ];
}

const mostListed = 5;

const highest = (roles: readonly Permissions[]): Level =>
  roles
    .map(levelOf)
    .reduce((best, one) => (atLeast(one, best) ? one : best), "nothing");
