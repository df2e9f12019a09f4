import { unknownFinding, wrong } from "../findings/finding";
import { nameOf, oncePerField } from "./held-policies";
import { isBastionStack, type Rule } from "./rule";

export const groupPoliciesOnlyInTheBastion: Rule = {
  name: "group-policies-only-in-the-bastion",
  title: "Group policies only in the bastion",
  description: "No stack but the bastion's gives policies to groups.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Give the permission to a role in this account.",
  judgeStack({ name, identities }, organisation) {
    if (isBastionStack(name, organisation)) return [];
    return [
      ...identities.groups.flatMap((group) =>
        oncePerField(group.policies).map(({ resource, field }) =>
          wrong(
            resource,
            `${field} gives the group ${nameOf(group)} a permission, outside the bastion.`,
            "give the permission to a role in this account; groups belong to the bastion stack.",
            { field },
          ),
        ),
      ),
      ...identities.unknownHolders.map(unknownFinding),
    ];
  },
};
