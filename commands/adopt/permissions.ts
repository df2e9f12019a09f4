import { freshMfa } from "../../policy-pack/decide/assume-role";
import type { CallerCase } from "../../policy-pack/decide/callers";
import { literal } from "../../policy-pack/decide/literal";
import type { Permissions } from "../../policy-pack/decide/powers";
import { kindOf } from "../accounts/arn";
import type { Choice } from "../accounts/documents";
import type {
  LiveAccount,
  LiveGroup,
  LiveUser,
} from "../accounts/live-account";
import { groupPermissions, userPermissions } from "../accounts/permissions";
import { isOwnPolicy } from "./own-groups";

const ofPattern: Choice = ({ arn, name }, policy) =>
  kindOf(arn) === "group" && isOwnPolicy(name, policy);
const besidePattern: Choice = (identity, policy) =>
  !ofPattern(identity, policy);

/** What is left when nothing but the pattern's own policies stands. */
export const permissionsOfPattern = (
  account: LiveAccount,
  user: LiveUser,
): Permissions => userPermissions(account, user, ofPattern);

/** What is left of a user's when all has gone that is superseded. */
export const permissionsLeft = (
  account: LiveAccount,
  user: LiveUser,
  keep: ReadonlySet<string>,
): Permissions =>
  userPermissions(
    account,
    user,
    (identity, policy) =>
      ofPattern(identity, policy) || keep.has(identity.name),
  );

/** What the user has beside the pattern: that is to go. */
export const permissionsBesidePattern = (
  account: LiveAccount,
  user: LiveUser,
): Permissions => userPermissions(account, user, besidePattern);

/** What a group gives beside the pattern. */
export const permissionsThrough = (
  account: LiveAccount,
  group: LiveGroup,
): Permissions => groupPermissions(account, group, besidePattern);

/** What the groups of the stack give to everybody in one of them. */
export const permissionsOfOwnGroup = (
  account: LiveAccount,
  group: LiveGroup,
): Permissions => groupPermissions(account, group, ofPattern);

/** What is left of them from a time on: a grant that has ended is none. */
export const lastingFrom = (
  permissions: Permissions,
  time: Date,
): Permissions => ({
  ...permissions,
  caller: from(permissions.caller, time),
});

/** Requests from the time on, with MFA that was just given: that is how everybody comes in afterwards. */
export const signedInFrom = (caller: CallerCase, time: Date): CallerCase => {
  const one = from(caller, time);
  return { ...one, given: [...one.given, ...freshMfa.given] };
};

const from = (caller: CallerCase, time: Date): CallerCase => ({
  ...caller,
  given: [
    ...caller.given,
    literal("DateGreaterThanEquals", "aws:CurrentTime", time.toISOString()),
  ],
});
