import { unknownFinding, wrong } from "../findings/finding";
import { nameOf, oncePerField } from "./held-policies";
import { isBastionStack, type Rule } from "./rule";

/** Source: CIS AWS Foundations Benchmark v3.0.0, 1.15, users receive permissions only through groups. */
export const usersHoldNoPolicies: Rule = {
  name: "users-hold-no-policies",
  title: "Users hold no policies",
  description: "No policy is on a user, in any form.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy:
    "Put the user into a group of the bastion, and what the user may do into a role.",
  judgeStack({ name, identities: { users, unknownHolders } }, organisation) {
    const isBastion = isBastionStack(name, organisation);
    return [
      // A user that the stack makes elsewhere is to go, and the policies with it.
      ...users
        .filter(({ resource }) => isBastion || resource === undefined)
        .flatMap((user) =>
          oncePerField(user.policies).map(({ resource, field }) =>
            wrong(
              resource,
              `${field} puts a policy on the user ${nameOf(user)}.`,
              "give the permission to a role that the user takes with MFA, and leave the user to groups.",
              { field },
            ),
          ),
        ),
      ...unknownHolders.map(unknownFinding),
    ];
  },
};
