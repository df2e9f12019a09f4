import { visible } from "./visible";

/** Holds words together: what is to be copied stays in one line, however long that is. */
const noBreakSpace = "\u00a0";

export const unbroken = (text: string): string =>
  text.replaceAll(" ", noBreakSpace);

/** The text in lines of at most so many characters; a word that is longer is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of visible(text)
    .split(" ")
    .flatMap((one) => cut(one, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > width && line !== "") {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((one) => one.replaceAll(noBreakSpace, " "));
}

const cut = (word: string, width: number): readonly string[] =>
  word.includes(noBreakSpace)
    ? [word]
    : (word.match(new RegExp(`.{1,${width}}`, "gsu")) ?? []);
