import { explained } from "./explained";
import { UsageError } from "./options";
import { tell } from "./terminal";

/** The exit code for whatever kept a command from finding out what it was asked. */
const notFoundOut = 2;

/** The reader of a pipe has seen enough, as `head`: no reason to stop in the middle, nor to complain. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

/** The message and where to read on; the whole usage would push it out of sight. */
export function usageErrorText(message: string, usage: string): string {
  const script = /npm run ([\w-]+)/.exec(usage)?.[1] ?? "";
  return `${message}\n\nAll options: npm run ${script} -- --help`;
}

/** Runs a command whose result is its exit code, and shows a person what kept it from one. */
export function runCommand(
  usage: string,
  command: (args: readonly string[]) => Promise<number>,
): void {
  outliveReaders();
  // On Node.js 20 each client of the AWS SDK would print that support for it ends.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  command(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const message = explained(error);
      tell(
        error instanceof UsageError ? usageErrorText(message, usage) : message,
      );
      process.exitCode = notFoundOut;
    },
  );
}
