import { UsageError } from "./options";
import { progress } from "./terminal";

/** The exit code for whatever kept a command from finding out what it was asked. */
const notFoundOut = 2;

/** Runs a command whose result is its exit code, and shows a person what kept it from one. */
export function runCommand(
  usage: string,
  command: (args: readonly string[]) => Promise<number>,
): void {
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

/** What went wrong, and what to do about it where that is known. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const remedy = remedies.get(error.name.replace(/Exception$/, ""));
  return remedy === undefined ? error.message : `${error.message}: ${remedy}`;
}
