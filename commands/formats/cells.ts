import stringWidth from "string-width";

/**
 * Cells that a terminal gives to a text: two for a letter of East Asia or an emoji. It is the measure
 * that tables are drawn by as well.
 */
export const cellsOf = (text: string): number =>
  ascii.test(text) ? text.length : stringWidth(text);

/** As nearly all texts are; the package takes its time. */
const ascii = /^[\u0020-\u007e]*$/;

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The text in pieces of at most so many cells; no character is taken apart. */
export function cutAt(text: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  let cells = 0;
  for (const { segment } of characters.segment(text)) {
    const more = cellsOf(segment);
    if (piece !== "" && cells + more > most) {
      pieces.push(piece);
      [piece, cells] = ["", 0];
    }
    piece += segment;
    cells += more;
  }
  return piece === "" ? pieces : [...pieces, piece];
}
