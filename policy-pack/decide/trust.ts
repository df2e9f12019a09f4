import { awsCallers, type CallerCase, type SessionClass } from "./callers";
import type { Document } from "./document";
import type { Effort } from "./effort";
import { firstOpen } from "./first-open";
import { actionKey, isPresent, literal, not, type Literal } from "./literal";
import type { MfaState } from "./mfa";
import { isAws, speaksOf } from "./principal";
import { parseTemplate } from "./text/template";
import { search, type Verdict, type Witness } from "./search";

/** Which requests to a role's trust policy are asked about. */
export interface TrustClass extends SessionClass {
  /** Callers that count, of those that the document might let in. */
  readonly counts: (one: CallerCase) => boolean;
  readonly mfa: readonly MfaState[];
  /**
   * All accounts that `counts` tells from others. Where the document is open to everyone, each of
   * them is asked about; and so is any other, as one.
   */
  readonly accounts: readonly string[];
  readonly given?: readonly Literal[];
}

export type TrustVerdict =
  | Exclude<Verdict, { readonly answer: "open" }>
  | {
      readonly answer: "open";
      readonly witness: Witness;
      readonly mfa: MfaState;
    };

/** Of every such request. Source: AWS STS API reference, "AssumeRole": RoleSessionName is required. */
export const toAssume: readonly Literal[] = [
  literal("StringEquals", actionKey, "sts:AssumeRole"),
  isPresent("sts:RoleSessionName"),
];

/** Whether any request of the class may assume the role, given that its own account lets it try. */
export function whoMayAssume(
  trust: Document,
  asked: TrustClass,
  effort?: Effort,
): TrustVerdict {
  const cases = awsCallers(trust, asked.accounts, asked).filter(
    (one) => isSpokenOf(trust, one) && asked.counts(one),
  );
  return firstOpen(
    asked.mfa.flatMap((mfa) =>
      cases.map((one) => (effort: Effort): TrustVerdict => {
        const { caller, given, derived, preferred } = one;
        const verdict = search({
          layers: [[trust]],
          caller,
          given: [...toAssume, ...given, ...mfa.given, ...(asked.given ?? [])],
          derived,
          preferred,
          effort,
        });
        return verdict.answer === "open" ? { ...verdict, mfa } : verdict;
      }),
    ),
    effort,
  );
}

const isSpokenOf = (trust: Document, { caller }: CallerCase): boolean =>
  trust.statements.some(
    (one) => one.effect === "Allow" && speaksOf(one, caller),
  );

export const isOf =
  (accounts: readonly string[]) =>
  ({ caller }: CallerCase): boolean =>
    isAws(caller) &&
    caller.account !== undefined &&
    accounts.includes(caller.account);

export const isForeignTo =
  (accounts: readonly string[]) =>
  ({ caller }: CallerCase): boolean =>
    isAws(caller) &&
    (caller.account === undefined || !accounts.includes(caller.account));

/** What holds of a foreigner: not in our organisation, whatever a condition says of it. */
export const outsideOf = (organisations: readonly string[]): Literal[] =>
  organisations.length === 0
    ? [differsFrom("aws:ResourceOrgID", "aws:PrincipalOrgID")]
    : [
        not(literal("StringEquals", "aws:PrincipalOrgID", ...organisations)),
        not(
          literal(
            "ForAnyValue:StringLike",
            "aws:PrincipalOrgPaths",
            ...organisations.map((one) => `${one}/*`),
          ),
        ),
        literal("StringEquals", "aws:ResourceOrgID", ...organisations),
      ];

export const differsFrom = (key: string, other: string): Literal =>
  not({
    met: true,
    condition: {
      ...literal("StringEquals", key).condition,
      values: [parseTemplate(`\${${other}}`, true)],
    },
  });
