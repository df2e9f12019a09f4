import { once } from "node:events";
import type { Sandbox } from "./sandbox";
import { removeFolder, type StackWorkspace } from "./stack";

/** What is left of a sandbox when it is to end. */
type Closing = Pick<Sandbox, "close"> & {
  readonly workspace: Pick<StackWorkspace, "folder">;
};

/** The last is a terminal's that was closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What ends a command at a terminal. */
export type Stop = (typeof signals)[number];

/** Listens from now on: a process that listens to none ends at once, with its files, and keys, left behind. */
const stopped = (listening: AbortSignal): Promise<Stop> =>
  new Promise((resolve) => {
    for (const signal of signals) {
      once(process, signal, { signal: listening }).then(
        () => {
          resolve(signal);
        },
        // It is no longer listened to.
        () => undefined,
      );
    }
  });

/**
 * Uses a sandbox until that is done or the command is stopped, and leaves nothing of it behind.
 *
 * @returns what the use came to, or what stopped it
 */
export async function untilStopped<T>(
  sandbox: Closing,
  use: (stop: Promise<Stop>) => Promise<T>,
): Promise<T | Stop> {
  const listening = new AbortController();
  const stop = stopped(listening.signal);
  const used = use(stop);
  try {
    return await Promise.race([used, stop]);
  } finally {
    await sandbox.close();
    // What was stopped in the middle may have written until now.
    await used.catch(() => undefined);
    removeFolder(sandbox.workspace.folder);
    listening.abort();
  }
}
