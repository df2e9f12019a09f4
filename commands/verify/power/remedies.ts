import { kindOf } from "../../accounts/documents";
import type { LiveIdentity, LiveRole } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { takeOff } from "../remedies";

/** Takes its policies off, in the order that IAM asks for, and deletes it. */
export function toDelete(
  identity: LiveIdentity & Partial<Pick<LiveRole, "instanceProfiles">>,
  account: NamedAccount,
): string {
  const kind = kindOf(identity.arn);
  const { name, arn, instanceProfiles = [] } = identity;
  const commands = [
    ...takeOff(identity),
    ...instanceProfiles.map(
      (profile) =>
        `aws iam remove-role-from-instance-profile --instance-profile-name ${profile} --role-name ${name}`,
    ),
    // A user or a group may be there for more; without policies it has no power.
    ...(kind === "role" ? [`aws iam delete-role --role-name ${name}`] : []),
  ];
  const meant =
    kind === "role"
      ? `name it by --known-role ${arn}`
      : "accept it by an exemption (--known)";
  return `in account ${account.id}: ${commands.join("; ")}. Or, when it is meant: ${meant}.`;
}

/** What its trust policy has to be, nobody here knows better than whoever it is for. */
export const toTrustOthers = (
  { name }: LiveRole,
  account: NamedAccount,
): string =>
  `in account ${account.id}: aws iam update-assume-role-policy --role-name ${name} --policy-document file://trust.json, with a trust policy for those alone whom the role is for. Or, when another role is meant to lead there: name that by --known-role.`;
