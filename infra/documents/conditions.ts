import type { Condition } from "./policy-document";

/** What a role asks of the session that takes it; unset means any age will do. */
export interface MfaRequirement {
  /** Seconds since the MFA code was given. */
  readonly mfaMaxAgeSeconds?: number | undefined;
}

/**
 * Met only by a session that was opened with MFA, and recently enough where an age is given.
 *
 * `Bool` and `NumericLessThan` without `IfExists`: both fail when the key is missing, and a
 * request signed with a long-term access key carries neither. Source: AWS documentation, "AWS
 * global condition context keys", aws:MultiFactorAuthPresent and aws:MultiFactorAuthAge.
 */
export const withMfa = ({ mfaMaxAgeSeconds }: MfaRequirement): Condition => ({
  Bool: { "aws:MultiFactorAuthPresent": "true" },
  ...(mfaMaxAgeSeconds !== undefined && {
    NumericLessThan: { "aws:MultiFactorAuthAge": String(mfaMaxAgeSeconds) },
  }),
});
