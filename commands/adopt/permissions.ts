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
