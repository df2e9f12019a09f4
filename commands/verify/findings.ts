import {
  controlsOf,
  factsOf,
  type FindingKind,
  type Level,
} from "./finding-kinds";

/** One thing that is not as it should be. */
export interface AccountFinding {
  readonly rule: FindingKind;
  readonly level: Level;
  readonly account: { readonly id: string; readonly name: string };
  /** An ARN; of the account's root where it is about the account. */
  readonly subject: string;
  readonly message: string;
  /** What to do about this one, where that says more than what is to do about its kind. */
  readonly remedy?: string;
  readonly controls: readonly string[];
}

export const finding = (
  rule: FindingKind,
  account: AccountFinding["account"],
  subject: string,
  message: string,
  remedy?: string,
): AccountFinding => ({
  rule,
  level: factsOf[rule].level,
  account: { id: account.id, name: account.name },
  subject,
  message,
  ...(remedy === undefined ? {} : { remedy }),
  controls: controlsOf(rule),
});

/** As a check tells of them, one after the other. */
export type Findings = Iterable<AccountFinding>;

/** Whether something is wrong, what, and what to do about this one. */
export type Fault = readonly [
  isFault: boolean | undefined,
  rule: FindingKind,
  message: string,
  remedy?: string | undefined,
];

export function* findingsAbout(
  account: AccountFinding["account"],
  subject: string,
  faults: readonly Fault[],
): Findings {
  for (const [isFault, rule, message, remedy] of faults) {
    if (isFault) yield finding(rule, account, subject, message, remedy);
  }
}
