import Table from "cli-table3";
import { visible } from "../formats/visible";
import { wrap } from "../formats/wrap";
import {
  logicalName,
  type ExportedResource,
  type PendingOperation,
} from "../stacks/exported-stack";
import type { Examined } from "./examine";
import type { Made } from "./made";

/** Characters of each column. */
const widths = [30, 22, 58] as const;

/** What was found of each operation, and what is done with it. */
export function foundText(
  examined: readonly Examined[],
  others: readonly PendingOperation[] = [],
  replaced: readonly ExportedResource[] = [],
): string {
  const table = new Table({
    head: ["resource", "type", "found, and done"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  const rows = [
    ...examined.map(({ name, resource: { type }, made }) => [
      name,
      shortType(type),
      wordsFor(made),
    ]),
    ...others.map(({ type: doing, resource: { urn, type } }) => [
      logicalName(urn),
      shortType(type),
      `was ${doing}: read again`,
    ]),
    ...replaced
      .filter(
        ({ urn }) => !examined.some(({ resource }) => resource.urn === urn),
      )
      .map(({ urn, type }) => [
        logicalName(urn),
        shortType(type),
        "deleted, to be made anew: read again",
      ]),
  ];
  table.push(
    ...rows.map((row) =>
      row.map((cell, column) =>
        wrap(visible(cell), widths[column] ?? 20).join("\n"),
      ),
    ),
  );
  return table.toString();
}

/** As `iam/user`. */
const shortType = (type: string): string =>
  type.split(":").slice(0, 2).join(":").replace(/^aws:/, "");

function wordsFor(made: Made): string {
  switch (made.answer) {
    case "there": {
      const { note } = made;
      return `there, as the program makes it: imported${note === undefined ? "" : `. ${note}`}`;
    }
    case "read it":
      return `imported where it is there (${made.id})`;
    case "never was":
      return "not there: cleared";
    case "made again":
      return `cleared, and made again by the next deployment: ${made.why}`;
    case "somebody else's":
      return `REFUSED: there is another ${made.id}, and ${made.differs.join(", ")}. Fix: where it is nobody's, delete it; otherwise give the program's another name; then run this again.`;
    case "not known":
      return `NOT KNOWN: ${made.why}`;
  }
}
