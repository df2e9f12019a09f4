import Table from "cli-table3";
import { cellsOf } from "./cells";
import { visible } from "./visible";
import { beside, wordsOf, wrap } from "./wrap";

export type Columns<Row> = readonly (readonly [
  head: string,
  cell: (row: Row) => string,
])[];

/** Cells: a word that is longer may be cut, but into no shorter pieces. */
const longWord = 20;

/** Characters beside the text: a border and a space on both sides. */
const besides = 3;

/**
 * A table without lines between its rows, no wider than that: its widest columns are made narrower,
 * and their words go below each other. Where not even that makes room, as for long names in several
 * columns, the rows are lists, a line a cell.
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
  const widths = fitting(head, cells, width - 1 - besides * head.length);
  if (widths === undefined) return asLists(head, cells, width, shown);
  const wrapped = (row: readonly string[]) =>
    row.map((cell, column) => wrap(cell, widths[column] ?? 1));
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

/**
 * Takes from the widest, until all of them together fit; none becomes narrower than its words.
 * Undefined: they don't fit.
 */
function fitting(
  head: readonly string[],
  cells: readonly (readonly string[])[],
  room: number,
): readonly number[] | undefined {
  const column = (at: number): readonly string[] =>
    [head, ...cells].map((row) => row[at] ?? "");
  const least = head.map((_, at) =>
    Math.min(longWord, widest(column(at).flatMap(wordsOf))),
  );
  const fit = head.map((_, at) => widest(column(at)));
  const sum = () => fit.reduce((all, one) => all + one, 0);
  while (sum() > room) {
    const spare = fit.map((one, at) => (one > (least[at] ?? 0) ? one : 0));
    const most = Math.max(...spare);
    if (most === 0) return undefined;
    fit[spare.indexOf(most)] = most - 1;
  }
  return fit;
}

const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, cellsOf(text)), 0);

/** What is longer than a line goes on below itself; a word that is, is cut. */
function asLists(
  head: readonly string[],
  cells: readonly (readonly string[])[],
  width: number,
  shown: (line: string) => string,
): string {
  const entry = (cell: string, at: number): readonly string[] => {
    const mark = `${at === 0 ? "- " : "  "}${head[at] ?? ""}: `;
    return beside(mark, wrap(cell, width - cellsOf(mark)).map(shown));
  };
  return cells.flatMap((row) => row.flatMap(entry)).join("\n");
}
