import { duration } from "../../../infra/profiles/section";
import type { UnreadAccount } from "../../accounts/organisation";
import type { Assignment } from "../assignments";
import type { AccountFinding } from "../findings";
import { counted } from "../../formats/counted";
import { fewOf } from "../../formats/few-of";
import type { Columns } from "../../formats/table";
import type { MachineRoleDoubt, MachineRoleReport } from "../machine-roles";
import type { AccountReport, Report } from "../report";
import { isAsConfigured, openingOf } from "../standing";

/** Some sentences for the head of every form of the report. */
export function verdictOf(report: Report): string {
  const { outcome, unread, findings, accounts } = report;
  const errors = counted(
    findings.filter(({ level }) => level === "error").length,
    "error",
  );
  const rest = `${acceptedWords(report)} ${pairWords(report)} ${outsideWords}`;
  switch (outcome) {
    case "pass":
      return `Passed${besides(findings)}.${rest}`;
    case "fail":
      return `Failed: ${errors}.${rest}`;
    case "not read": {
      const wholly = unread.filter(({ part }) => part === undefined).length;
      const all = counted(wholly + accounts.length, "account");
      const missing = wholly === 1 ? "1 is missing" : `${wholly} are missing`;
      const parts = unread.length === wholly ? "" : ", and others lack a part";
      return `Not everything could be read: of ${all}, ${missing}${parts}. What was read has ${errors}.${rest}`;
    }
  }
}

/** What could not be read, and why. */
export const unreadWords = ({ id, name, part, why }: UnreadAccount): string =>
  `${part === undefined ? "" : `${part} of `}${name} (${id}) could not be read: ${why}`;

/** What else there is, though it is no error. */
function besides(findings: Report["findings"]): string {
  const counts = (["warning", "note"] as const).flatMap((level) => {
    const count = findings.filter((one) => one.level === level).length;
    return count === 0 ? [] : [counted(count, level)];
  });
  return counts.length === 0 ? "" : `, with ${counts.join(" and ")}`;
}

/** What a kind of finding is called, here and by those who set controls. */
export const namesOf = ({
  rule,
  controls,
}: Pick<AccountFinding, "rule" | "controls">): string =>
  [rule, ...controls].join(", ");

/** What was looked at, and what of it is granted and open. */
function pairWords({ pairs, accounts }: Report): string {
  const { decided, granted, open, wrong } = pairs;
  const of = `Of ${decided} pairs of a user and a role in ${counted(accounts.length, "account")}`;
  return wrong === 0
    ? `${of}, ${granted} are granted and open with MFA, and ${decided - granted} are closed, as the config has them.`
    : `${of}, ${granted} are granted, ${open} are open, and ${wrong} are not as the config has them.`;
}

/** A role that was left behind there still lets in whom it trusts. */
const outsideWords =
  "Accounts that the config does not name were not read, whatever roles they have.";

const acceptedWords = ({ accepted }: Report): string =>
  accepted.length === 0
    ? ""
    : ` By exemptions, ${counted(accepted.length, "finding")} ${accepted.length === 1 ? "is" : "are"} accepted.`;

/** What is to be read of an account, and in which column. */
export const accountColumns: Columns<AccountReport> = [
  ["account", ({ name }) => name],
  ["id", ({ id }) => id],
  ["users", ({ users }) => String(users)],
  ["roles", ({ roles }) => String(roles)],
  ["root", rootWords],
  ["without MFA", (one) => fewOf(one.usersWithoutMfa) || "none"],
];

/** How a role opens; where MFA has to be fresh, how fresh. */
function openingWords(one: Assignment): string {
  const opening = openingOf(one);
  return opening === "fresh MFA"
    ? `MFA within ${duration(one.oldMfaSeconds)}`
    : opening;
}

/** The same of users before a role. */
export const assignmentColumns: Columns<Assignment> = [
  ["users", ({ users }) => fewOf(users, 3)],
  ["role", ({ role }) => role],
  ["accounts", ({ accounts }) => fewOf(accounts, 3)],
  ["opens with", openingWords],
  [
    "config",
    (one) =>
      `${isAsConfigured(one) ? "✓" : "✗"} ${one.isGranted ? "granted" : "not granted"}`,
  ],
];

/** The same of roles that no person takes. */
export const machineRoleColumns: Columns<MachineRoleReport> = [
  ["role", ({ role }) => role],
  ["accounts", ({ accounts }) => fewOf(accounts, 3)],
  ["taken by", ({ takenBy }) => takenBy],
  ["config", ({ doubt }) => (doubt === undefined ? "✓" : doubtWords[doubt])],
];

/** What is said below of what is found, accepted or not read. */
const doubtWords: Readonly<Record<MachineRoleDoubt, string>> = {
  differs: "✗ differs",
  undecided: "? undecided",
  "not read": "? not read",
  found: "! has a finding",
  accepted: "! accepted",
};

function rootWords({ root }: AccountReport): string {
  if (root === undefined) return "not read";
  const { hasKeys, hasMfa, hasPassword } = root;
  const noMfa = hasPassword === false ? "no password" : "no MFA";
  return `${hasKeys ? "access keys" : "no keys"}, ${hasMfa ? "MFA" : noMfa}`;
}

/** What there is room for: what is wrong first. */
export interface Shown<Row> {
  readonly rows: readonly Row[];
  /** How many more there are. */
  readonly left: number;
}

export function shownOf<Row>(
  all: readonly Row[],
  most: number,
  isRight: (row: Row) => boolean,
): Shown<Row> {
  if (all.length <= most) return { rows: all, left: 0 };
  const inOrder = [
    ...all.filter((row) => !isRight(row)),
    ...all.filter((row) => isRight(row)),
  ];
  return { rows: inOrder.slice(0, most), left: all.length - most };
}

/** Whether nothing was found in the account. */
export const hasNoFinding =
  ({ findings }: Report) =>
  ({ id }: AccountReport): boolean =>
    !findings.some(({ account }) => account.id === id);
