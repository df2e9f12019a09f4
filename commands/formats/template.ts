/** Text of a format that is known to be well-formed: no other text becomes a mark of it. */
export class Formatted<Format extends string> {
  constructor(
    readonly format: Format,
    readonly text: string,
  ) {}
}

type Piece<Format extends string> =
  string | number | Formatted<Format> | readonly Formatted<Format>[];

/** A template whose values are plain text, and escaped, unless they are of the format themselves. */
export const template =
  <const Format extends string>(
    format: Format,
    escape: (text: string) => string,
  ) =>
  (
    strings: TemplateStringsArray,
    ...pieces: readonly Piece<Format>[]
  ): Formatted<Format> => {
    const inserted = (piece: Piece<Format>): string => {
      if (piece instanceof Formatted) return piece.text;
      if (typeof piece === "object") {
        return piece.map(({ text }) => text).join("\n");
      }
      return escape(String(piece));
    };
    return new Formatted(
      format,
      strings
        .map((text, index) => text + inserted(pieces[index] ?? ""))
        .join(""),
    );
  };
