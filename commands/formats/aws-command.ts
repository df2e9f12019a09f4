/**
 * A value as a shell takes it for one word. IAM's names are plain, but the path of an MFA device or of a
 * role may hold any printable character, as `;` or `$(…)`, and whoever made it is not the one who
 * pastes the command. Source: AWS IAM API reference, "CreateVirtualMFADevice" and "CreateRole", Path.
 */
export const shellWord = (value: string): string =>
  plain.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;

/**
 * A point at its end would be read as the sentence's, and a comma as a list's; zsh takes what begins with
 * `=` for the name of a program.
 */
const plain = /^(?!=)[\w+=@:/.-]*[\w+=@:/-]$/;

/** A value that begins with `-`, as a user's name may, would be taken for an option of its own. */
export const given = (option: string, value: string): string =>
  `--${option}${value.startsWith("-") ? "=" : " "}${shellWord(value)}`;

/** A call of the AWS CLI. */
export const iamCall = (
  operation: string,
  options: Readonly<Record<string, string>>,
): string =>
  [
    `aws iam ${operation}`,
    ...Object.entries(options).map((one) => given(...one)),
  ].join(" ");
