import { deny, policyDocument, type PolicyDocument } from "./policy-document";

/**
 * What can be called before MFA was given: enough to change a first password, enrol a device and
 * open a session with it, and nothing else.
 *
 * `ChangePassword` belongs here, or a first sign-in with a password that must be changed is a dead
 * end. `CreateLoginProfile` and `UpdateLoginProfile` do not: they set a password without the old
 * one.
 */
export const openWithoutMfa = [
  "iam:ChangePassword",
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetAccountPasswordPolicy",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "iam:ResyncMFADevice",
  "sts:GetSessionToken",
] as const;

/**
 * Denies everything else until MFA was given, and keeps a bare access key from enrolling a device.
 *
 * - `BoolIfExists … false` denies both a session without MFA, where the key is `false`, and a
 *   request signed with a long-term access key, where it is missing.
 * - Enrolling has to be open without MFA, but then a stolen access key could add a device of the
 *   thief's own and be a session with MFA a minute later. So it takes a sign-in to the console,
 *   where AWS asks for the password, and for MFA from everyone who has a device already. Requests
 *   from there carry `aws:MultiFactorAuthPresent`; those of a long-term key do not.
 *
 * Source: AWS documentation, "AWS global condition context keys", aws:MultiFactorAuthPresent.
 */
export const mfaGuardPolicy = (): PolicyDocument =>
  policyDocument(
    deny({
      sid: "DenyMostUnlessSignedInWithMfa",
      notActions: openWithoutMfa,
      resources: ["*"],
      condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    }),
    deny({
      sid: "DenyEnrollingWithAnAccessKey",
      actions: [
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:ResyncMFADevice",
      ],
      resources: ["*"],
      condition: { Null: { "aws:MultiFactorAuthPresent": "true" } },
    }),
  );
