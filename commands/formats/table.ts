import Table from "cli-table3";
import { cellsOf } from "./cells";
import { visible } from "./visible";
import { wrap } from "./wrap";

export type Columns<Row> = readonly (readonly [
  head: string,
  cell: (row: Row) => string,
])[];

/** Cells of a column that is made narrower. */
const least = 6;
/** Characters beside the text: a border and a space on both sides. */
const besides = 3;

/**
 * A table without lines between its rows, no wider than that: its widest columns are made narrower,
 * and their words go below each other.
 *
 * @param shown a line of a cell as it is to be written: with colours, in the same width
 */
export function table<Row>(
  columns: Columns<Row>,
  rows: readonly Row[],
  width: number,
  shown = (line: string): string => line,
): string {
  const head = columns.map(([name]) => name);
  const cells = rows.map((row) =>
    columns.map(([, cell]) => visible(cell(row))),
  );
  const widths = fitting(
    head.map((_, column) =>
      Math.max(...[head, ...cells].map((row) => cellsOf(row[column] ?? ""))),
    ),
    width - 1 - besides * head.length,
  );
  const wrapped = (row: readonly string[]) =>
    row.map((cell, column) => wrap(cell, widths[column] ?? least));
  const lines = new Table({
    head: wrapped(head).map((cell) => cell.join("\n")),
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  lines.push(
    ...cells
      .map(wrapped)
      .map((row) => row.map((cell) => cell.map(shown).join("\n"))),
  );
  return lines.toString();
}

/** Takes from the widest, until all of them together fit. */
function fitting(widths: readonly number[], room: number): readonly number[] {
  const fit = [...widths];
  const sum = () => fit.reduce((all, one) => all + one, 0);
  while (sum() > room && Math.max(...fit) > least) {
    fit[fit.indexOf(Math.max(...fit))] = Math.max(...fit) - 1;
  }
  return fit;
}
