import { createColors } from "picocolors";
import { beside, unbroken, wrap } from "../../formats/wrap";
import type { Assignment } from "../assignments";
import { factsOf, type Level } from "../finding-kinds";
import type { AccountFinding } from "../findings";
import { groupBy } from "../group-by";
import type { Report } from "../report";
import { isAsConfigured } from "../standing";
import { linesOf, withCommands } from "../remedy-commands";
import { table } from "../../formats/table";
import {
  accountColumns,
  assignmentColumns,
  hasNoFinding,
  machineRoleColumns,
  shownOf,
  verdictOf,
  namesOf,
  unreadWords,
} from "./words";

type Colours = ReturnType<typeof createColors>;

/** How the terminal shows it. */
export interface Screen {
  /** Characters. */
  readonly width: number;
  readonly hasColours: boolean;
}

/** More than that nobody reads in a terminal. */
const mostRows = 40;
const mostMessages = 20;

/** The report as text. */
export function toTerminal(
  report: Report,
  { width, hasColours }: Screen,
): string {
  const colours = createColors(hasColours);
  const { assignments, accounts, findings, unread, outcome } = report;
  const red = (line: string): string =>
    line.startsWith("✗") ? colours.red(line) : line;
  const reached = shownOf(byRole(assignments), mostRows, isAsConfigured);
  const machines = shownOf(
    report.machineRoles,
    mostRows,
    ({ isAsConfigured }) => isAsConfigured,
  );
  const read = shownOf(accounts, mostRows, hasNoFinding(report));
  const paragraph = (text: string, colour = (line: string) => line): string =>
    wrap(text, width).map(colour).join("\n");
  return [
    table(assignmentColumns, reached.rows, width, red) + more(reached.left),
    ...(machines.rows.length === 0
      ? []
      : [
          table(machineRoleColumns, machines.rows, width, red) +
            more(machines.left),
        ]),
    table(accountColumns, read.rows, width) + more(read.left),
    `Centralised root access: ${report.centralRootAccess}`,
    ...unread.map((one) => paragraph(unreadWords(one), colours.red)),
    ...[...groupBy(findings, ({ rule }) => rule).values()].map((group) =>
      findingLines(group, colours, width).join("\n"),
    ),
    ...report.accepted.map(({ rule, message, reason, until }) =>
      paragraph(
        `accepted until ${until}, ${reason}: ${message} (${rule})`,
        colours.dim,
      ),
    ),
    paragraph(
      verdictOf(report),
      outcome === "pass" ? colours.green : colours.red,
    ),
  ].join("\n\n");
}

/** A row for all users who stand alike before the same roles, whatever else they may take. */
const byRole = (assignments: readonly Assignment[]): readonly Assignment[] =>
  [
    ...groupBy(assignments, (one) =>
      JSON.stringify({ ...one, users: undefined }),
    ).values(),
  ].map((alike) => ({
    ...alike[0],
    users: alike.flatMap(({ users }) => users),
  }));

const more = (left: number): string =>
  left === 0 ? "" : `\n… and ${left} more: --json has all of them.`;

function findingLines(
  group: readonly [AccountFinding, ...AccountFinding[]],
  colours: Colours,
  width: number,
): readonly string[] {
  const [first] = group;
  const { rule, level } = first;
  const { title, remedy } = factsOf[rule];
  const left = group.length - mostMessages;
  return [
    ...wrap(`${marks[level]} ${title} (${namesOf(first)})`, width).map(
      (line) => (level === "note" ? line : colours[marked[level]](line)),
    ),
    ...group
      .slice(0, mostMessages)
      .flatMap(({ message, remedy: own }) => [
        ...indented("- ", message, width),
        ...(own === undefined ? [] : fix("  ", own, width)),
      ]),
    ...(left > 0 ? [`  … and ${left} more: --json has all of them.`] : []),
    ...(group.every((one) => one.remedy !== undefined)
      ? []
      : fix("", remedy, width)),
  ];
}

const marks: Readonly<Record<Level, string>> = {
  error: "✗ error:",
  warning: "! warning:",
  note: "note:",
};

const marked = { error: "red", warning: "yellow" } as const;

/** A command that is broken into lines would run in pieces when it is pasted. */
const fix = (mark: string, remedy: string, width: number): readonly string[] =>
  linesOf(`Fix: ${remedy}`).flatMap(({ text }) =>
    indented(mark, withCommands(text, unbroken), width),
  );

/** Below its mark, so that one stands out from the next. */
const indented = (
  mark: string,
  text: string,
  width: number,
): readonly string[] =>
  beside(`  ${mark}`, wrap(text, width - 2 - mark.length));
