import { explained } from "./explained";
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
