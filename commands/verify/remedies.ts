import { revokedSessions } from "../../infra/names";
import { kindOf } from "../accounts/arn";
import { readTexts, unlessUnreadable } from "../accounts/documents";
import type {
  LiveGroup,
  LiveIdentity,
  LiveKey,
  LiveRole,
  LiveUser,
  NamedDocument,
} from "../accounts/live-account";
import { isVirtual } from "../accounts/mfa-device";
import type { NamedAccount } from "../accounts/organisation";
import { iamCall } from "../formats/aws-command";

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
  const named = { [`${kind}-name`]: name };
  const isToGo = (policy: Parameters<IsMeant>[0]) => !isMeant(policy);
  return [
    ...attachedPolicies.filter(isToGo).map((policy) =>
      iamCall(`detach-${kind}-policy`, {
        ...named,
        "policy-arn": policy.arn,
      }),
    ),
    ...inlinePolicies
      .filter(({ name: policy }) => isToGo({ name: policy }))
      .map((policy) =>
        iamCall(`delete-${kind}-policy`, {
          ...named,
          "policy-name": policy.name,
        }),
      ),
  ];
}

/** In the order that IAM asks for: it deletes nothing that something hangs on. */
export const deleteUser = (user: LiveUser): readonly string[] => [
  ...takeOff(user),
  ...user.groups.map((group) => takeOut(user.name, group)),
  ...takeCredentials(user),
  ...user.devices.flatMap((serial) => [
    iamCall("deactivate-mfa-device", {
      "user-name": user.name,
      "serial-number": serial,
    }),
    ...(isVirtual(serial)
      ? [iamCall("delete-virtual-mfa-device", { "serial-number": serial })]
      : []),
  ]),
  iamCall("delete-user", { "user-name": user.name }),
];

export const deleteRole = (
  role: LiveIdentity & Partial<Pick<LiveRole, "instanceProfiles">>,
): readonly string[] => [
  ...takeOff(role),
  ...(role.instanceProfiles ?? []).map((profile) =>
    iamCall("remove-role-from-instance-profile", {
      "instance-profile-name": profile,
      "role-name": role.name,
    }),
  ),
  iamCall("delete-role", { "role-name": role.name }),
];

export const deleteGroup = (
  group: LiveGroup,
  { live }: NamedAccount,
): readonly string[] => [
  ...takeOff(group),
  ...live.users
    .filter(({ groups }) => groups.includes(group.name))
    .map(({ name }) => takeOut(name, group.name)),
  iamCall("delete-group", { "group-name": group.name }),
];

const takeOut = (user: string, group: string): string =>
  iamCall("remove-user-from-group", { "user-name": user, "group-name": group });

/** All that the user signs in with, but for MFA devices. */
export const takeCredentials = (user: LiveUser): readonly string[] => [
  ...(user.hasPassword ? [deletePassword(user)] : []),
  ...user.accessKeys.map((key) => deleteKey(user, key)),
];

export const deletePassword = ({ name }: LiveUser): string =>
  iamCall("delete-login-profile", { "user-name": name });

export const deleteKey = ({ name }: LiveUser, { id }: LiveKey): string =>
  iamCall("delete-access-key", { "user-name": name, "access-key-id": id });

/** The calls as a remedy says them. */
export const inAccount = (
  { id }: Pick<NamedAccount, "id">,
  calls: readonly string[],
): string => `in account ${id}: ${calls.join("; ")}.`;

/** Whether the policy is the one that closes sessions, and does nothing else. */
function isClosing({ name, text }: NamedDocument): boolean {
  if (name !== revokedSessions) return false;
  const read = unlessUnreadable(() => readTexts([{ name, text }], "identity"));
  return (
    typeof read !== "string" &&
    read.every(({ statements }) =>
      statements.every(({ effect }) => effect === "Deny"),
    )
  );
}

/** Taking the policy off, as a deployment does of which the config says nothing, opens the sessions again. */
const keepClosed = `The policy ${revokedSessions} closes the sessions that it names (npm run revoke): leave it, and deploy nothing before Pulumi.yaml says so under revokedSessions; take the commit that does. When these sessions have ended, 36 hours after its aws:TokenIssueTime, deploy its stack: pulumi up --refresh.`;

/**
 * What makes an identity of the program's as it is meant to be; undefined: nothing but to deploy. A
 * refresh does not see a policy that the program does not know.
 */
export function toCorrect(
  identity: LiveIdentity,
  account: NamedAccount,
  isMeant: IsMeant,
): string | undefined {
  const isKept = identity.inlinePolicies.some(
    (policy) => isClosing(policy) && !isMeant({ name: policy.name }),
  );
  const calls = takeOff(
    identity,
    (policy) =>
      isMeant(policy) ||
      (isKept && policy.arn === undefined && policy.name === revokedSessions),
  );
  const after = isKept
    ? keepClosed
    : "Then deploy its stack: pulumi up --refresh.";
  if (calls.length > 0) return `${inAccount(account, calls)} ${after}`;
  return isKept ? keepClosed : undefined;
}
