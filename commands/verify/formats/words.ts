import type { Assignment } from "../assignments";
import type { AccountFinding } from "../findings";
import type { Report } from "../report";

/** One sentence for the head of every form of the report. */
export function verdictOf({
  outcome,
  unread,
  findings,
  accounts,
  decided,
}: Report): string {
  const errors = findings.filter(({ level }) => level === "error").length;
  const found = errors === 1 ? "1 error" : `${errors} errors`;
  switch (outcome) {
    case "pass":
      return `Passed: ${decided} assignments in ${accounts.length} accounts are as the config has them.`;
    case "fail":
      return `Failed: ${found}.`;
    case "not read":
      return `Not everything could be read: ${unread.length} of ${unread.length + accounts.length} accounts are missing${errors > 0 ? `, and there is ${found} in the others` : ""}.`;
  }
}

export const rootWords = ({
  root: { hasKeys, hasMfa, hasPassword },
}: Report["accounts"][number]): string =>
  [
    hasKeys ? "access keys" : "no keys",
    hasMfa
      ? "MFA"
      : hasPassword === false
        ? "no password, so no MFA needed"
        : "no MFA",
  ].join(", ");

/** How an assignment opens at all, in one word. */
export type Opening =
  | "without MFA"
  | "MFA of any age"
  | "fresh MFA"
  | "old MFA alone"
  | "closed"
  | "undecided";

export function openingOf({
  withoutMfa,
  freshMfa,
  oldMfa,
}: Assignment): Opening {
  if (withoutMfa.answer === "open") return "without MFA";
  if ([withoutMfa, freshMfa, oldMfa].some((one) => one.answer === "undecided"))
    return "undecided";
  if (freshMfa.answer === "open") {
    return oldMfa.answer === "open" ? "MFA of any age" : "fresh MFA";
  }
  return oldMfa.answer === "open" ? "old MFA alone" : "closed";
}

/** Whether the assignment is just as the config has it. */
export function isAsConfigured(assignment: Assignment): boolean {
  const meant: Opening = assignment.isGranted
    ? assignment.takesOldMfa
      ? "MFA of any age"
      : "fresh MFA"
    : "closed";
  return openingOf(assignment) === meant;
}

/** Findings of one kind together, in the order of the report. */
export function byKind(
  findings: readonly AccountFinding[],
): readonly (readonly [AccountFinding, ...AccountFinding[]])[] {
  const groups = new Map<string, [AccountFinding, ...AccountFinding[]]>();
  for (const one of findings) {
    const group = groups.get(one.rule);
    if (group) group.push(one);
    else groups.set(one.rule, [one]);
  }
  return [...groups.values()];
}
