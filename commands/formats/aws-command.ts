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
