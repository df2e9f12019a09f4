/**
 * Control and format characters, as ESC, CSI (U+009B) or what turns the direction of text, and what ends
 * a line: a terminal obeys them, and a reader sees another text than there is. Source: Unicode Standard,
 * General Category.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * What begins a command where the output is a log of GitHub Actions or Azure Pipelines, which obey it: at
 * the beginning of a line, as each word may stand there once the text is in lines, or anywhere.
 */
const logCommand = /(?<!\S):(?=:[a-z])|#(?=#(?:\[|vso\[))/gi;

const escaped = (text: string): string =>
  text
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

/** Text from AWS or from a file as it may be shown: what nobody would see in it as `\u009b`. */
export const visible = (text: string): string =>
  text.replace(unseen, escaped).replace(logCommand, escaped);

/** The same of a text of several lines. JSON stays what it is: its strings are escaped in the same way. */
export const visibleLines = (text: string): string =>
  text.split("\n").map(visible).join("\n");
