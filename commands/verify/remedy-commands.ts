const quoted = String.raw`'[^']*'|\\'`;
const word = String.raw`(?:${quoted}|[^\s;,)'\\])*(?:${quoted}|[^\s;,).'\\])`;

/** A command in a remedy's text: up to the end of its sentence, or to a list's comma. */
const command = String.raw`\b(?:aws|npm|pulumi)(?: ${word})+`;

/** The remedy with each of its commands as `change` has it. */
export const withCommands = (
  remedy: string,
  change: (command: string) => string,
): string => remedy.replace(new RegExp(command, "g"), change);

/** A line of a remedy: words, or a command by itself. */
export interface RemedyLine {
  readonly isCommand: boolean;
  readonly text: string;
}

/** The remedy with each command of a list in a line of its own, without what parts it from the next. */
export const linesOf = (remedy: string): readonly RemedyLine[] =>
  remedy
    .split(new RegExp(`(?<=[:;] )(${command})`))
    .map((text, index) =>
      index % 2 === 1
        ? { isCommand: true, text }
        : { isCommand: false, text: text.replace(/^[;,.] ?/, "").trimEnd() },
    )
    .filter(({ text }) => text !== "");
