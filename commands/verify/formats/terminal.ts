import Table from "cli-table3";
import { createColors } from "picocolors";
import type { Assignment } from "../assignments";
import type { Report } from "../report";
import { factsOf, type AccountFinding, type Level } from "../findings";
import type { Decision } from "../user-requests";
import { isAsConfigured, rootWords, verdictOf } from "./words";

type Colours = ReturnType<typeof createColors>;

/** The report as text, with colours where the terminal has them. */
export function toTerminal(report: Report, hasColours: boolean): string {
  const colours = createColors(hasColours);
  const { findings, unread, outcome } = report;
  const verdict = verdictOf(report);
  return [
    assignmentTable(report.assignments, colours),
    accountTable(report),
    ...unread.map(({ name, id, why }) =>
      colours.red(`${name} (${id}) could not be read: ${why}`),
    ),
    ...grouped(findings).map((group) => findingLines(group, colours)),
    outcome === "pass" ? colours.green(verdict) : colours.red(verdict),
  ].join("\n\n");
}

/** A table without lines between its rows. */
const table = (head: readonly string[]) =>
  new Table({
    head: [...head],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });

function assignmentTable(
  assignments: readonly Assignment[],
  colours: Colours,
): string {
  const lines = table([
    "user",
    "account",
    "role",
    "no MFA",
    "fresh MFA",
    "old MFA",
    "config",
    "",
  ]);
  for (const assignment of assignments) {
    lines.push([
      assignment.user,
      assignment.account,
      assignment.role,
      answer(assignment.withoutMfa),
      answer(assignment.freshMfa),
      answer(assignment.oldMfa),
      assignment.isGranted ? "granted" : "not granted",
      isAsConfigured(assignment) ? colours.green("✓") : colours.red("✗"),
    ]);
  }
  return lines.toString();
}

const answer = ({ answer: text }: Decision): string =>
  text === "closed" ? "–" : text;

function accountTable(report: Report): string {
  const lines = table([
    "account",
    "id",
    "users",
    "roles",
    "root",
    "users without MFA",
  ]);
  for (const account of report.accounts) {
    lines.push([
      account.name,
      account.id,
      account.users,
      account.roles,
      rootWords(account),
      account.usersWithoutMfa.join(", "),
    ]);
  }
  return `${lines.toString()}\nCentralised root access: ${report.centralRootAccess}`;
}

function grouped(
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

function findingLines(
  group: readonly [AccountFinding, ...AccountFinding[]],
  colours: Colours,
): string {
  const [{ rule, level }] = group;
  const { title, remedy } = factsOf[rule];
  return [
    `${mark(level, colours)} ${colours.bold(title)} (${rule})`,
    ...group.map(({ message }) => `    ${message}`),
    colours.dim(`    Fix: ${remedy}`),
  ].join("\n");
}

const mark = (level: Level, colours: Colours): string =>
  level === "error"
    ? colours.red("✗ error:")
    : level === "warning"
      ? colours.yellow("! warning:")
      : "note:";
