/**
 * Control and format characters, as ESC, CSI (U+009B) or what turns the direction of text, and what ends
 * a line; and what begins a command where the output is a log of GitHub Actions or Azure Pipelines. The
 * engine prints a finding as it is. Source: Unicode Standard, General Category.
 */
const obeyed =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?<!\S):(?=:[a-z])|#(?=#(?:\[|vso\[))/giu;

/** Text of somebody else's stack as it may be shown in one line. */
export const visible = (text: string): string =>
  text.replace(obeyed, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
