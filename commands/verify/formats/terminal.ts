import Table from "cli-table3";
import { createColors } from "picocolors";
import type { Assignment } from "../assignments";
import type { Report } from "../report";
import { factsOf, type AccountFinding, type Level } from "../findings";
import type { Decision } from "../user-requests";
import { byKind, isAsConfigured, rootWords, verdictOf } from "./words";

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
    ...byKind(findings).map((group) => findingLines(group, colours)),
    outcome === "pass" ? colours.green(verdict) : colours.red(verdict),
  ].join("\n\n");
}

/** A table without lines between its rows. */
function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const lines = new Table({
    head: [...head],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  lines.push(...rows.map((row) => [...row]));
  return lines.toString();
}

const assignmentHead =
  "user,account,role,no MFA,fresh MFA,old MFA,config,".split(",");

const assignmentTable = (
  assignments: readonly Assignment[],
  colours: Colours,
): string =>
  table(
    assignmentHead,
    assignments.map((assignment) => [
      assignment.user,
      assignment.account,
      assignment.role,
      answer(assignment.withoutMfa),
      answer(assignment.freshMfa),
      answer(assignment.oldMfa),
      assignment.isGranted ? "granted" : "not granted",
      isAsConfigured(assignment) ? colours.green("✓") : colours.red("✗"),
    ]),
  );

const answer = ({ answer: text }: Decision): string =>
  text === "closed" ? "–" : text;

const accountHead = "account,id,users,roles,root,users without MFA".split(",");

const accountTable = ({ accounts, centralRootAccess }: Report): string =>
  `${table(
    accountHead,
    accounts.map((account) => [
      account.name,
      account.id,
      account.users,
      account.roles,
      rootWords(account),
      account.usersWithoutMfa.join(", "),
    ]),
  )}\nCentralised root access: ${centralRootAccess}`;

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
