import { wrong } from "../findings/finding";
import {
  isNotOfTheStack,
  nameOf,
  oncePerField,
  unknownOfGroups,
} from "./held-policies";
import { isBastionStack, type Rule } from "./rule";

export const groupsHoldOnlyOwnPolicies: Rule = {
  name: "groups-hold-only-own-policies",
  title: "Groups hold only the bastion's own policies",
  description:
    "Groups of the bastion give only what the stack's own documents say.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy:
    "Give the permission to a role in a workload account, and the group the right to take that role.",
  judgeStack({ name, identities }, organisation) {
    if (!isBastionStack(name, organisation)) return [];
    return [
      ...identities.groups.flatMap((group) =>
        oncePerField(group.policies.filter(isNotOfTheStack)).map(
          ({ resource, field }) =>
            wrong(
              resource,
              `${field} gives the group ${nameOf(group)} a policy that is none of the bastion's own documents.`,
              "give the permission to a role in a workload account, and the group the right to take that role.",
              { field },
            ),
        ),
      ),
      ...unknownOfGroups(identities),
    ];
  },
};
