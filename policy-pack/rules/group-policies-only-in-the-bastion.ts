import { unknownFinding, wrong } from "../findings/finding";
import { policyGrantForms } from "../identities/forms";
import type { Organisation } from "../organisation/organisation";
import type { Resource } from "../resources/resource";
import { nameOf, oncePerField } from "./held-policies";
import { isBastionStack, type Rule } from "./rule";

const remedy =
  "give the permission to a role in this account; groups belong to the bastion stack.";

export const groupPoliciesOnlyInTheBastion: Rule = {
  name: "group-policies-only-in-the-bastion",
  title: "Group policies only in the bastion",
  description:
    "No stack but the bastion's gives policies to groups, or takes them away.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Give the permission to a role in this account.",
  judgeStack({ name, resources, identities }, organisation) {
    if (isBastionStack(name, organisation)) return [];
    const given = identities.groups.flatMap((group) =>
      oncePerField(group.policies).map(({ resource, field }) =>
        wrong(
          resource,
          `${field} gives the group ${nameOf(group)} a permission, outside the bastion.`,
          remedy,
          { field },
        ),
      ),
    );
    const told = new Set(given.map(({ resource }) => resource));
    const takes = resources
      .filter((one) => !told.has(one) && takesFromGroups(one, organisation))
      .map((one) =>
        wrong(
          one,
          "This takes away what the bastion gives to groups: all policies that it does not name.",
          remedy,
        ),
      );
    return [
      ...given,
      ...takes,
      ...identities.unknownHolders.map(unknownFinding),
    ];
  },
};

/** The policy that closes everything without MFA may be among those that it does not name. */
function takesFromGroups(
  { type, inputs }: Resource,
  { bastionAccountId }: Organisation,
): boolean {
  const form = policyGrantForms.get(type);
  if (form?.isOnlyAttachment === true) {
    const arn = inputs[form.managed ?? ""];
    return typeof arn === "string" && arn.includes(`::${bastionAccountId}:`);
  }
  const isList = form?.isExclusive === true || form?.inlineNames !== undefined;
  return isList && form.holders.some(([kind]) => kind === "group");
}
