import Table from "cli-table3";
import { createColors } from "picocolors";
import type { Report } from "../report";
import { factsOf, type AccountFinding, type Level } from "../findings";
import { groupBy } from "./group-by";
import {
  accountColumns,
  assignmentColumns,
  verdictOf,
  type Columns,
} from "./words";

type Colours = ReturnType<typeof createColors>;

/** The report as text, with colours where the terminal has them. */
export function toTerminal(report: Report, hasColours: boolean): string {
  const colours = createColors(hasColours);
  const { assignments, accounts, findings, unread, outcome } = report;
  const verdict = verdictOf(report);
  const shown = (cell: string): string => {
    if (cell === "closed") return "–";
    return cell.startsWith("✗") ? colours.red(cell) : cell;
  };
  return [
    table(assignmentColumns, assignments, shown),
    `${table(accountColumns, accounts)}\nCentralised root access: ${report.centralRootAccess}`,
    ...unread.map(({ name, id, why }) =>
      colours.red(`${name} (${id}) could not be read: ${why}`),
    ),
    ...[...groupBy(findings, ({ rule }) => rule).values()].map((group) =>
      findingLines(group, colours),
    ),
    ...report.accepted.map(({ rule, message, reason, until }) =>
      colours.dim(`accepted until ${until}, ${reason}: ${message} (${rule})`),
    ),
    outcome === "pass" ? colours.green(verdict) : colours.red(verdict),
  ].join("\n\n");
}

/** Characters of a column, beyond which the words of a cell go below each other. */
const widest = 16;

/** A table without lines between its rows; with short names it fits 80 columns. */
function table<Row>(
  columns: Columns<Row>,
  rows: readonly Row[],
  shown = (cell: string): string => cell,
): string {
  const head = columns.map(([name]) => name);
  const cells = rows.map((row) => columns.map(([, cell]) => cell(row)));
  const lines = new Table({
    head,
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    wordWrap: true,
    colWidths: head.map((name, column) => {
      const all = [name, ...cells.map((row) => row[column] ?? "")];
      const words = all.flatMap((cell) => cell.split(" "));
      return 2 + Math.max(Math.min(widest, longest(all)), longest(words));
    }),
  });
  lines.push(...cells.map((row) => row.map(shown)));
  return lines.toString();
}

const longest = (texts: readonly string[]): number =>
  Math.max(...texts.map(({ length }) => length));

function findingLines(
  group: readonly [AccountFinding, ...AccountFinding[]],
  colours: Colours,
): string {
  const [{ rule, level }] = group;
  const { title, remedy } = factsOf[rule];
  return [
    `${mark(level, colours)} ${colours.bold(title)} (${rule})`,
    ...group.flatMap(({ message, remedy: own }) => [
      `    ${message}`,
      ...(own === undefined ? [] : [colours.dim(`    Fix: ${own}`)]),
    ]),
    ...(group.every((one) => one.remedy !== undefined)
      ? []
      : [colours.dim(`    Fix: ${remedy}`)]),
  ].join("\n");
}

const mark = (level: Level, colours: Colours): string =>
  level === "error"
    ? colours.red("✗ error:")
    : level === "warning"
      ? colours.yellow("! warning:")
      : "note:";
