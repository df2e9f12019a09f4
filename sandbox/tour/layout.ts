import Table from "cli-table3";
import stringWidth from "string-width";

/** Cells in a line of the terminal; a pipe and a log have none, and a terminal may say 0. */
export const widthOf = ({
  columns,
}: Pick<NodeJS.WriteStream, "columns">): number =>
  columns >= 40 ? columns : 80;

/**
 * Colour on a terminal, and nowhere else. A pipe has no `isTTY`: taken as it is, colours would be for the
 * library to decide, which has them in every CI.
 */
export const hasColours = (
  stream: { readonly isTTY?: boolean },
  environment: NodeJS.ProcessEnv,
): boolean => stream.isTTY === true && !environment["NO_COLOR"];

/** The text in lines of at most so many cells, all of them as far in as the first. */
export function wrapped(text: string, width: number): readonly string[] {
  const [inset = ""] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = "";
  for (const word of text.trim().split(" ").flatMap(pieces(width, inset))) {
    const longer = line === "" ? inset + word : `${line} ${word}`;
    if (stringWidth(longer) > width && line !== "") {
      lines.push(line);
      line = inset + word;
    } else line = longer;
  }
  return [...lines, line].map((one) => one.trimEnd());
}

/** A word that has no room in a line of its own is cut. */
const pieces =
  (width: number, inset: string) =>
  (word: string): readonly string[] => {
    const room = Math.max(1, width - inset.length);
    if (stringWidth(word) <= room) return [word];
    const cut: string[] = [""];
    for (const character of word) {
      const longer = `${cut.at(-1) ?? ""}${character}`;
      if (stringWidth(longer) > room) cut.push(character);
      else cut[cut.length - 1] = longer;
    }
    return cut;
  };

/** A table without lines between its rows; where that is too wide, a list with a line a cell. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  table.push(...rows.map((row) => [...row]));
  const text = table.toString();
  const [border = ""] = text.split("\n");
  return stringWidth(border) <= width ? text : asList(head, rows, width);
}

const asList = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string =>
  rows
    .flatMap((row) =>
      row.flatMap((cell, at) =>
        wrapped(`${head[at] ?? ""}: ${cell}`, width - 2).map(
          (line, index) => (at + index === 0 ? "- " : "  ") + line,
        ),
      ),
    )
    .join("\n");
