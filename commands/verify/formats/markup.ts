/** HTML or SVG that is known to be well-formed; everything else is escaped on its way in. */
export class Markup {
  constructor(readonly text: string) {}
}

type Piece = string | number | Markup | readonly Markup[];

/** A template whose values are text, unless they are markup themselves. */
export const markup = (
  strings: TemplateStringsArray,
  ...pieces: readonly Piece[]
): Markup =>
  new Markup(
    strings.map((text, index) => text + inserted(pieces[index] ?? "")).join(""),
  );

export const nothing = new Markup("");

function inserted(piece: Piece): string {
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === "string" || typeof piece === "number") {
    return escaped(String(piece));
  }
  return piece.map(({ text }) => text).join("\n");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
