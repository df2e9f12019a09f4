import { unknownFinding } from "../findings/finding";
import { unknownOf, type Identity } from "../identities/identity";
import { policiesOf } from "../identities/permissions";
import { powerFindings } from "./power-findings";
import { isAdministrator, type Rule, type StackView } from "./rule";

export const iamPowerIsGuarded: Rule = {
  name: "iam-power-is-guarded",
  title: "Power over IAM is guarded",
  description:
    "Nothing but the administrator roles of the config is administrator in effect, changes IAM or passes any role.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    "Take the power over IAM away, by a Deny or a permissions boundary as well; or name the role in the config's administratorRoles and ask for a fresh MFA.",
  judgeStack({ identities }: StackView, organisation) {
    const { users, groups, roles, unknownHolders, unknownMembers } = identities;
    // What a group gives is found at the group, once, and not at each of its members.
    const judged: readonly Identity[] = [
      ...users.filter(({ policies }) => policies.length > 0),
      ...groups,
      ...roles.filter(({ name }) => !isAdministrator(name, organisation)),
    ];
    return [
      ...judged.flatMap(powerFindings),
      ...unknownHolders.map(unknownFinding),
      ...unknownMembers.map(unknownFinding),
      ...judged
        .flatMap((one) => unknownOf(policiesOf(one)))
        .map(unknownFinding),
    ];
  },
};
