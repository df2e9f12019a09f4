import { roleSessionCase, userCase } from "../../policy-pack/decide/callers";
import type { Document } from "../../policy-pack/decide/document";
import type { Permissions } from "../../policy-pack/decide/powers";
import {
  groupsOf,
  readBoundary,
  readPolicies,
  readTrust,
  readUserPolicies,
  together,
  type Choice,
  type DocumentReading,
} from "../accounts/documents";
import type { LiveAccount, LiveRole, LiveUser } from "../accounts/live-account";
import { userPermissions } from "../accounts/permissions";
import { isOwnPolicy } from "./own-groups";

/** @throws Error for one that can't be read: whatever depends on it is not proven. */
function documentsIn(all: readonly DocumentReading[]): readonly Document[] {
  const reading = together(all);
  if (reading.kind === "read") return reading.documents;
  throw new Error(reading.why);
}

const boundaryOf = (
  account: LiveAccount,
  { boundary }: LiveUser | LiveRole,
): readonly Document[] | undefined => {
  const reading = readBoundary(account, boundary);
  return reading === undefined ? undefined : documentsIn(reading);
};

const permissionsBy = (
  account: LiveAccount,
  user: LiveUser,
  documents: readonly DocumentReading[],
): Permissions =>
  userPermissions(
    account,
    user,
    documentsIn(documents),
    boundaryOf(account, user),
  );

const ofPattern: Choice = ({ name }, policy) => isOwnPolicy(name, policy);
const besidePattern: Choice = ({ name }, policy) => !isOwnPolicy(name, policy);

/** All that the user has now. */
export const permissionsNow = (
  account: LiveAccount,
  user: LiveUser,
): Permissions => permissionsBy(account, user, readUserPolicies(account, user));

/** What is left when nothing but the pattern's own policies stands. */
export const permissionsOfPattern = (
  account: LiveAccount,
  user: LiveUser,
): Permissions =>
  permissionsBy(
    account,
    user,
    groupsOf(account, user).flatMap((group) =>
      readPolicies(account, "group", group, ofPattern),
    ),
  );

/** What the user has beside the pattern: that is to go. */
export const permissionsBesidePattern = (
  account: LiveAccount,
  user: LiveUser,
): Permissions =>
  permissionsBy(account, user, readUserPolicies(account, user, besidePattern));

/** What a group alone gives to its users, whatever their names. */
export const permissionsThrough = (
  account: LiveAccount,
  group: LiveAccount["groups"][number],
): Permissions => ({
  caller: userCase({
    account: account.accountId,
    partition: account.partition,
    arn: undefined,
  }),
  documents: documentsIn(readPolicies(account, "group", group, besidePattern)),
  boundary: undefined,
  account: account.accountId,
});

export const permissionsOfRole = (
  account: LiveAccount,
  role: LiveRole,
): Permissions => ({
  caller: roleSessionCase({
    account: account.accountId,
    partition: account.partition,
    arn: role.arn,
  }),
  documents: documentsIn(readPolicies(account, "role", role)),
  boundary: boundaryOf(account, role),
  account: account.accountId,
});

export function trustOf(role: LiveRole): Document {
  const reading = readTrust(role);
  if (reading.kind === "read") return reading.document;
  throw new Error(reading.why);
}
