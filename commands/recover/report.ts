import { table, type Columns } from "../formats/table";
import {
  logicalName,
  type ExportedResource,
  type PendingOperation,
} from "../stacks/exported-stack";
import type { Examined } from "./examine";
import type { Made } from "./made";

interface Found {
  readonly name: string;
  readonly type: string;
  readonly words: string;
}

const columns: Columns<Found> = [
  ["resource", ({ name }) => name],
  ["type", ({ type }) => shortType(type)],
  ["found, and done", ({ words }) => words],
];

/** What was found of each operation, and what is done with it. */
export function foundText(
  width: number,
  examined: readonly Examined[],
  others: readonly PendingOperation[] = [],
  replaced: readonly ExportedResource[] = [],
): string {
  const rows: readonly Found[] = [
    ...examined.map(({ name, resource: { type }, made }) => ({
      name,
      type,
      words: wordsFor(made),
    })),
    ...others.map(({ type: doing, resource: { urn, type } }) => ({
      name: logicalName(urn),
      type,
      words: `was ${doing}: read again`,
    })),
    ...replaced
      .filter(
        ({ urn }) => !examined.some(({ resource }) => resource.urn === urn),
      )
      .map(({ urn, type }) => ({
        name: logicalName(urn),
        type,
        words: "deleted, to be made anew: read again",
      })),
  ];
  return table(columns, rows, width);
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
