import { cellsOf, cutAt } from "./cells";
import { visible } from "./visible";

/** Holds words together: what is to be copied stays in one line, however long that is. */
const noBreakSpace = "\u00a0";

export const unbroken = (text: string): string =>
  text.replaceAll(" ", noBreakSpace);

/** The text in lines of at most so many cells; a word that is longer is cut. */
export const wrap = (text: string, width: number): readonly string[] =>
  inLines(
    wordsOf(text).flatMap((word) => cut(word, width)),
    width,
  );

/** The same, but that a word that is longer, as an ARN may be, is not taken apart. */
export const wrapWords = (text: string, width: number): readonly string[] =>
  inLines(wordsOf(text), width);

/** A text whose lines are too long goes on below them, behind what they begin with in spaces. */
export const fitted = (text: string, width: number): string =>
  text
    .split("\n")
    .flatMap((line) => {
      if (cellsOf(line) <= width) return line;
      const [indent = ""] = /^ */.exec(line) ?? [];
      return wrapWords(line.trimStart(), width - indent.length).map(
        (one) => indent + one,
      );
    })
    .join("\n");

/** The lines beside a mark, which stands before the first of them. */
export const beside = (
  mark: string,
  lines: readonly string[],
): readonly string[] =>
  lines.map(
    (line, index) => (index === 0 ? mark : " ".repeat(mark.length)) + line,
  );

export const wordsOf = (text: string): readonly string[] =>
  visible(text).split(" ");

function inLines(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (cellsOf(longer) > width && line !== "") {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((one) => one.replaceAll(noBreakSpace, " "));
}

const cut = (word: string, width: number): readonly string[] =>
  word.includes(noBreakSpace)
    ? [word]
    : cellsOf(word) <= width
      ? [word]
      : cutAt(word, width);
