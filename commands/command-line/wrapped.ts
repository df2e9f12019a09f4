import { visible } from "../formats/visible";

/** Characters of a line, on a terminal that nobody has made wider. */
const width = 80;

/**
 * The text in lines of 80 characters at most; the first has one indent, those after it another. A word
 * that is longer, as an ARN may be, is not taken apart.
 */
export function wrapped(text: string, first = "", next = first): string {
  const lines: string[] = [];
  let line = first;
  for (const word of visible(text).split(" ")) {
    const isFull = line.length + word.length > width;
    if (isFull && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = next;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join("\n");
}
