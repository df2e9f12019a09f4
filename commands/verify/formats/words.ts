import type { Assignment } from "../assignments";
import type { AccountReport, Report } from "../report";

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
    case "not read": {
      const all = unread.length + accounts.length;
      const missing = unread.length === 1 ? "1 is" : `${unread.length} are`;
      const others = errors === 0 ? "" : ` The others have ${found}.`;
      return `Not everything could be read: of ${all} accounts, ${missing} missing.${others}`;
    }
  }
}

/** What is to be read of an account, and in which column. */
export const accountColumns: Columns<AccountReport> = [
  ["account", ({ name }) => name],
  ["id", ({ id }) => id],
  ["users", ({ users }) => String(users)],
  ["roles", ({ roles }) => String(roles)],
  ["root", rootWords],
  ["without MFA", (one) => one.usersWithoutMfa.join(", ") || "none"],
];

/** The same of an assignment. */
export const assignmentColumns: Columns<Assignment> = [
  ["user", ({ user }) => user],
  ["account", ({ account }) => account],
  ["role", ({ role }) => role],
  ["no MFA", ({ withoutMfa }) => withoutMfa.answer],
  ["fresh", ({ freshMfa }) => freshMfa.answer],
  ["old", ({ oldMfa }) => oldMfa.answer],
  [
    "config",
    (one) =>
      `${isAsConfigured(one) ? "✓" : "✗"} ${one.isGranted ? "granted" : "not granted"}`,
  ],
];

export type Columns<Row> = readonly (readonly [
  head: string,
  cell: (row: Row) => string,
])[];

function rootWords({ root }: AccountReport): string {
  const { hasKeys, hasMfa, hasPassword } = root;
  const noMfa = hasPassword === false ? "no password" : "no MFA";
  return `${hasKeys ? "access keys" : "no keys"}, ${hasMfa ? "MFA" : noMfa}`;
}

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
