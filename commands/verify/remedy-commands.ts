/**
 * A value as a shell takes it for one word. IAM's names are plain, but the path of an MFA device or of a
 * role may hold any printable character, as `;` or `$(…)`, and whoever made it is not the one who
 * pastes the command. Source: AWS IAM API reference, "CreateVirtualMFADevice" and "CreateRole", Path.
 */
export const shellWord = (value: string): string =>
  plain.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;

/** A point at its end would be read as the sentence's, and a comma as a list's. */
const plain = /^[\w+=@:/.-]*[\w+=@:/-]$/;

/** A call of the AWS CLI. */
export const iamCall = (
  operation: string,
  options: Readonly<Record<string, string>>,
): string =>
  [
    `aws iam ${operation}`,
    ...Object.entries(options).map(
      ([option, value]) => `--${option} ${shellWord(value)}`,
    ),
  ].join(" ");

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
