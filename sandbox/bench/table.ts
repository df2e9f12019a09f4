import Table from "cli-table3";

/** A figure of what goes by that name. */
export type Figure = (name: string) => number;

export type Column = readonly [head: string, figure: Figure, digits: number];

/** A line a name, a figure a column. */
export function tableOf(
  subject: string,
  names: readonly string[],
  columns: readonly Column[],
): string {
  const table = new Table({
    head: [subject, ...columns.map(([head]) => head)],
    style: { head: [], border: [] },
    colAligns: ["left", ...columns.map(() => "right" as const)],
  });
  for (const name of names) {
    const cells = columns.map(([, figure, digits]) =>
      figure(name).toFixed(digits),
    );
    table.push([name, ...cells]);
  }
  return table.toString();
}

export const target = (text: string, seen: number, most: number): string =>
  `${seen <= most ? "met   " : "missed"}  ${text}: ${seen.toFixed(2)}`;
