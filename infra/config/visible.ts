/**
 * Control and format characters, as ESC, CSI (U+009B) or what turns the direction of text, and what ends
 * a line: a terminal obeys them, and a reader sees another text than there is. Source: Unicode Standard,
 * General Category.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text from AWS or from a file as it may be shown: what nobody would see in it as `\u009b`. */
export const visible = (text: string): string =>
  text.replace(unseen, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );

/** The same of a text of several lines. JSON stays what it is: its strings are escaped in the same way. */
export const visibleLines = (text: string): string =>
  text.split("\n").map(visible).join("\n");
