import type { Declared } from "../pack";
import { json, type Statement } from "./documents";
import { group, iam, member, user } from "./resources";

export const closesServices = (condition: object) => ({
  Effect: "Deny",
  NotAction: ["iam:*", "sts:*"],
  Resource: "*",
  Condition: condition,
});
export const guard = (policy: Statement) =>
  iam("GroupPolicy", "guard", {
    group: "bastion-users",
    policy: json(policy),
  });
/** The MFA group, which leaves IAM and STS to other policies. */
export const guards = [
  group("bastion-users"),
  guard(
    closesServices({
      BoolIfExists: { "aws:MultiFactorAuthPresent": "false" },
    }),
  ),
];
/** A user in the MFA group, and what else there is. */
export const withAda = (...more: readonly Declared[]): readonly Declared[] => [
  user("ada"),
  ...guards,
  member("ada", "bastion-users"),
  ...more,
];
