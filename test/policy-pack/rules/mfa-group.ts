import type { Declared } from "../pack";
import { json, type Statement } from "./documents";
import { group, iam, member, user } from "./resources";

/** What it closes where the condition holds: all but what gives MFA. */
export const closing = (condition: object) => ({
  Effect: "Deny",
  NotAction: [
    "iam:ChangePassword",
    "iam:EnableMFADevice",
    "sts:GetSessionToken",
  ],
  Resource: "*",
  Condition: condition,
});
export const missingOrFalse = {
  BoolIfExists: { "aws:MultiFactorAuthPresent": "false" },
};
export const guard = (...statements: readonly Statement[]) =>
  iam("GroupPolicy", "guard", {
    group: "bastion-users",
    policy: json(...statements),
  });
export const guards = [group("bastion-users"), guard(closing(missingOrFalse))];
/** A user in the MFA group, and what else there is. */
export const withAda = (...more: readonly Declared[]): readonly Declared[] => [
  user("ada"),
  ...guards,
  member("ada", "bastion-users"),
  ...more,
];
