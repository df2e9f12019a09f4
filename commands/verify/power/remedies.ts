import { kindOf } from "../../accounts/arn";
import type { LiveIdentity, LiveRole } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { iamCall, shellWord } from "../../formats/aws-command";
import { deleteRole, inAccount, takeOff } from "../remedies";

/** Takes its policies off, in the order that IAM asks for, and deletes it. */
export function toDelete(
  identity: LiveIdentity & Partial<Pick<LiveRole, "instanceProfiles">>,
  account: NamedAccount,
): string {
  const isRole = kindOf(identity.arn) === "role";
  // A user or a group may be there for more; without policies it has no power.
  const calls = isRole ? deleteRole(identity) : takeOff(identity);
  const meant = isRole
    ? `name it by --known-role ${shellWord(identity.arn)}`
    : "accept it by an exemption (--known)";
  return `${inAccount(account, calls)} Or, when it is meant: ${meant}.`;
}

/** Whoever changes what runs with it gets no more by that, then. */
export function toNarrow(role: LiveRole, account: NamedAccount): string {
  const meant = `--known-role ${shellWord(role.arn)}`;
  return `${inAccount(account, takeOff(role))} Then give it policies that allow no more than those roles do. Or bound the config's roles (permissionsBoundary), so that they can't change what runs with it; or, when it is meant, name it by ${meant}.`;
}

/** What its trust policy has to be, nobody here knows better than whoever it is for. */
export const toTrustOthers = (
  { name }: LiveRole,
  account: NamedAccount,
): string =>
  `in account ${account.id}: ${iamCall("update-assume-role-policy", { "role-name": name, "policy-document": "file://trust.json" })}, with a trust policy for those alone whom the role is for. Or, when another role is meant to lead there: name that by --known-role.`;
