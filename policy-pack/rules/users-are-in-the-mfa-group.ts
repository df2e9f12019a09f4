import { unknownFinding, wrong, type Finding } from "../findings/finding";
import type { Identity } from "../identities/identity";
import type { Organisation } from "../organisation/organisation";
import { nameOf } from "./held-policies";
import { isBastionStack, type Rule } from "./rule";

export const usersAreInTheMfaGroup: Rule = {
  name: "users-are-in-the-mfa-group",
  title: "Users are in the MFA group",
  description:
    "Every user of the bastion is in the group that closes everything without MFA.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Put the user into the MFA group of the bastion.",
  judgeStack({ name, identities }, organisation) {
    if (!isBastionStack(name, organisation)) return [];
    const { users, unknownMembers } = identities;
    return [
      ...users.flatMap((user) => outsideMfaGroup(user, organisation)),
      ...unknownMembers.map(unknownFinding),
    ];
  },
};

function outsideMfaGroup(
  user: Identity,
  { mfaGroup }: Organisation,
): readonly Finding[] {
  const { resource, groups, uncertainGroups = [], mayBeInMoreGroups } = user;
  if (resource === undefined || mayBeInMoreGroups) return [];
  if (groups.some((group) => group.name === mfaGroup)) return [];
  return [
    wrong(
      resource,
      `The user ${nameOf(user)} is not in the group ${mfaGroup}, which closes everything without MFA.`,
      uncertainGroups.some((group) => group.name === mfaGroup)
        ? `name the user in the GroupMembership of ${mfaGroup}, which takes out whoever is not in its list.`
        : `put the user into ${mfaGroup}, by a UserGroupMembership in the same stack.`,
    ),
  ];
}
