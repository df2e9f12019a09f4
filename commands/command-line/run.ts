import { UsageError } from "./options";
import { progress } from "./terminal";

/** The exit code for whatever kept a command from finding out what it was asked. */
const notFoundOut = 2;

/** Runs a command whose result is its exit code, and shows a person what kept it from one. */
export function runCommand(
  usage: string,
  command: (args: readonly string[]) => Promise<number>,
): void {
  // On Node.js 20 each client of the AWS SDK would print that support for it ends.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  command(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const message = explained(error);
      progress(
        error instanceof UsageError ? `${message}\n\n${usage}` : message,
      );
      process.exitCode = notFoundOut;
    },
  );
}

/** Names of the errors of the AWS SDK that an author can do something about. */
const remedies: ReadonlyMap<string, string> = new Map([
  [
    "CredentialsProviderError",
    "no AWS credentials were found. Set AWS_PROFILE, or sign in, with credentials that may take the " +
      "deployment role in each account, and run the command again.",
  ],
  [
    "ExpiredToken",
    "the AWS credentials have expired. Sign in again, and run the command again.",
  ],
]);

const withoutTerminal =
  "There is no terminal to ask for the code on. Fix: run the command under `aws-vault exec <profile> --`, " +
  "or sign in where there is a terminal and hand the session over with " +
  '`eval "$(aws configure export-credentials --profile <profile> --format env)"`.';

/** What went wrong, and what to do about it where that is known. */
export function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // As the SDK says that there is nobody to ask.
  if (error.message.includes("no MFA code callback was provided"))
    return `${error.message} ${withoutTerminal}`;
  const remedy = remedies.get(error.name.replace(/Exception$/, ""));
  return remedy === undefined ? error.message : `${error.message}: ${remedy}`;
}
