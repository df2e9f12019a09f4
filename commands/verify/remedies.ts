import { kindOf } from "../accounts/documents";
import type {
  LiveGroup,
  LiveIdentity,
  LiveKey,
  LiveRole,
  LiveUser,
} from "../accounts/live-account";
import type { NamedAccount } from "../accounts/organisation";

/** Whether a policy of the identity's, inline or attached, is meant. */
export type IsMeant = (policy: {
  readonly name: string;
  /** undefined: it is inline. */
  readonly arn?: string;
}) => boolean;

/** The calls that take policies off an identity. */
export function takeOff(
  { name, arn, inlinePolicies, attachedPolicies }: LiveIdentity,
  isMeant: IsMeant = () => false,
): readonly string[] {
  const kind = kindOf(arn);
  const named = `--${kind}-name ${name}`;
  const isToGo = (policy: Parameters<IsMeant>[0]) => !isMeant(policy);
  return [
    ...attachedPolicies
      .filter(isToGo)
      .map(
        (policy) => `detach-${kind}-policy ${named} --policy-arn ${policy.arn}`,
      ),
    ...inlinePolicies
      .filter(({ name: policy }) => isToGo({ name: policy }))
      .map(
        (policy) =>
          `delete-${kind}-policy ${named} --policy-name ${policy.name}`,
      ),
  ].map((call) => `aws iam ${call}`);
}

/** In the order that IAM asks for: it deletes nothing that something hangs on. */
export const deleteUser = (user: LiveUser): readonly string[] => [
  ...takeOff(user),
  ...user.groups.map(
    (group) =>
      `aws iam remove-user-from-group --user-name ${user.name} --group-name ${group}`,
  ),
  ...takeCredentials(user),
  ...user.devices.flatMap((serial) => [
    `aws iam deactivate-mfa-device --user-name ${user.name} --serial-number ${serial}`,
    ...(serial.includes(":mfa/")
      ? [`aws iam delete-virtual-mfa-device --serial-number ${serial}`]
      : []),
  ]),
  `aws iam delete-user --user-name ${user.name}`,
];

export const deleteRole = (
  role: LiveIdentity & Partial<Pick<LiveRole, "instanceProfiles">>,
): readonly string[] => [
  ...takeOff(role),
  ...(role.instanceProfiles ?? []).map(
    (profile) =>
      `aws iam remove-role-from-instance-profile --instance-profile-name ${profile} --role-name ${role.name}`,
  ),
  `aws iam delete-role --role-name ${role.name}`,
];

export const deleteGroup = (
  group: LiveGroup,
  { live }: NamedAccount,
): readonly string[] => [
  ...takeOff(group),
  ...live.users
    .filter(({ groups }) => groups.includes(group.name))
    .map(
      ({ name }) =>
        `aws iam remove-user-from-group --user-name ${name} --group-name ${group.name}`,
    ),
  `aws iam delete-group --group-name ${group.name}`,
];

/** All that the user signs in with, but for MFA devices. */
export const takeCredentials = (user: LiveUser): readonly string[] => [
  ...(user.hasPassword ? [deletePassword(user)] : []),
  ...user.accessKeys.map((key) => deleteKey(user, key)),
];

export const deletePassword = ({ name }: LiveUser): string =>
  `aws iam delete-login-profile --user-name ${name}`;

export const deleteKey = ({ name }: LiveUser, { id }: LiveKey): string =>
  `aws iam delete-access-key --user-name ${name} --access-key-id ${id}`;

/** The calls as a remedy says them. */
export const inAccount = (
  { id }: NamedAccount,
  calls: readonly string[],
): string => `in account ${id}: ${calls.join("; ")}.`;

/**
 * What makes an identity of the program's as it is meant to be; undefined: nothing but to deploy. A
 * refresh does not see a policy that the program does not know.
 */
export function toCorrect(
  identity: LiveIdentity,
  account: NamedAccount,
  isMeant: IsMeant,
): string | undefined {
  const calls = takeOff(identity, isMeant);
  return calls.length === 0
    ? undefined
    : `in account ${account.id}: ${calls.join("; ")}. Then deploy its stack: pulumi up --refresh.`;
}
