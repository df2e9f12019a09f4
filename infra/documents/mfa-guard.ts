import { iamWrites } from "./account-writes";
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
 * All that changes IAM, but for a password: `ChangePassword` asks for the old one, and must be open to
 * a sign-in with a password that has expired, whatever that says of MFA.
 */
const credentialChanges = iamWrites.filter(
  // Passing a role changes nothing in IAM.
  (action) => action !== "iam:Change*" && action !== "iam:Pass*",
);

/**
 * The guard's first statement, which stands in each group that gives something: whoever is taken out of
 * all of them leaves one after the other, since IAM takes one group a call.
 */
export const denyMostWithoutMfa = deny({
  sid: "DenyMostUnlessSignedInWithMfa",
  notActions: openWithoutMfa,
  resources: ["*"],
  condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
});

export interface GuardSettings {
  /** Seconds since the MFA code was given. */
  readonly mfaMaxAgeSeconds: number;
}

/**
 * Denies everything else until MFA was given, keeps a bare access key from enrolling a device, and an
 * old session from making what opens a new one.
 *
 * - `BoolIfExists … false` denies both a session without MFA, where the key is `false`, and a
 *   request signed with a long-term access key, where it is missing.
 * - Enrolling has to be open without MFA, but then a stolen access key could add a device of the
 *   thief's own and be a session with MFA a minute later. So it takes a sign-in to the console,
 *   where AWS asks for the password, and for MFA from everyone who has a device already. Requests
 *   from there carry `aws:MultiFactorAuthPresent`; those of a long-term key do not.
 * - A session with MFA lives for up to 36 hours. Whoever has stolen one could enrol a device, make a
 *   key, and open a session whose MFA is fresh: so devices and keys are changed with fresh MFA alone.
 *   `IfExists` denies a session with MFA that does not tell the age.
 * - `GetFederationToken` opens the console to an access key, and IAM in it. Nobody is allowed to call
 *   it; this says so whatever is allowed beside the groups.
 *
 * Source: AWS documentation, "AWS global condition context keys", aws:MultiFactorAuthPresent and
 * aws:MultiFactorAuthAge; "Compare AWS STS credentials".
 */
export const mfaGuardPolicy = ({
  mfaMaxAgeSeconds,
}: GuardSettings): PolicyDocument =>
  policyDocument(
    denyMostWithoutMfa,
    deny({
      sid: "DenyEnrollingWithAnAccessKey",
      actions: [
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        // It names every user who has one.
        "iam:ListVirtualMFADevices",
        "iam:ResyncMFADevice",
      ],
      resources: ["*"],
      condition: { Null: { "aws:MultiFactorAuthPresent": "true" } },
    }),
    deny({
      sid: "DenyChangingCredentialsWithOldMfa",
      actions: credentialChanges,
      resources: ["*"],
      condition: {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        NumericGreaterThanEqualsIfExists: {
          "aws:MultiFactorAuthAge": String(mfaMaxAgeSeconds),
        },
      },
    }),
    deny({
      sid: "DenyFederating",
      actions: ["sts:GetFederationToken"],
      resources: ["*"],
    }),
  );
