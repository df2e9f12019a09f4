import type { Document } from "./document";
import { keysIn } from "./keys";
import { isMissing, isPresent, literal, type Literal } from "./literal";

/** How the session behind a request was opened, as far as MFA goes. */
export interface MfaState {
  readonly name: string;
  readonly given: readonly Literal[];
}

const present = "aws:MultiFactorAuthPresent";
const age = "aws:MultiFactorAuthAge";

/**
 * Temporary credentials tell when they were made, and whatever says anything of MFA is one. Source: AWS
 * documentation, "AWS global condition context keys".
 */
export const issued = isPresent("aws:TokenIssueTime");

/** Seconds: the longest that a session of GetSessionToken, with its MFA, can be old. */
const oldest = 129_600;

/**
 * Source: AWS documentation, "AWS global condition context keys": requests that are signed with a
 * long-term access key carry no MFA keys at all, sessions without MFA carry `false`.
 */
export const withoutMfaKeys: MfaState = {
  name: "signed with a long-term access key (no MFA keys at all)",
  given: [isMissing(present), isMissing(age)],
};

export const withoutMfa: readonly MfaState[] = [
  withoutMfaKeys,
  {
    name: `in a session without MFA (${present} is false)`,
    given: [literal("StringEquals", present, "false"), isMissing(age), issued],
  },
];

/** @param seconds the greatest age that is still fresh */
export const withMfaOlderThan = (seconds: number): MfaState => ({
  name: `with MFA that is older than ${seconds} seconds`,
  given: [
    issued,
    literal("StringEquals", present, "true"),
    literal("NumericGreaterThan", age, String(seconds)),
    literal("NumericLessThanEquals", age, String(oldest)),
  ],
});

/** @param seconds since the code was given */
export const withMfaOfAge = (seconds: number): MfaState => ({
  name: `with MFA given ${seconds} seconds ago`,
  given: [
    issued,
    literal("StringEquals", present, "true"),
    literal("StringEquals", age, String(seconds)),
  ],
});

export const anyMfa: MfaState = { name: "with or without MFA", given: [] };

/**
 * What AssumeRole returns does not carry the MFA that it was asked for with: "Secure API access with
 * MFA". Whether the key is missing then or `false`, AWS's pages disagree: "AWS global condition
 * context keys" has it in all requests with temporary credentials. So it may be either.
 */
export const withoutMfaContext: readonly Literal[] = [
  literal("StringEqualsIfExists", present, "false"),
  isMissing(age),
];

/**
 * What may hold of MFA and its age, where documents speak of both: a request with MFA has the age, and one
 * without has none. Source: AWS documentation, "AWS global condition context keys".
 */
export function ageWithMfa(
  documents: readonly Document[],
): readonly (readonly Literal[])[] {
  const spoken = documents.flatMap(keysIn);
  const isTied = [present, age].every((key) =>
    spoken.includes(key.toLowerCase()),
  );
  return isTied
    ? [
        withoutMfaContext,
        [
          literal("StringEquals", present, "true"),
          literal("NumericLessThanEquals", age, String(oldest)),
        ],
      ]
    : [[]];
}
