import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** A process that has ended. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Each line of both outputs, as it comes. */
  readonly onLine?: (line: string) => void;
  /** Milliseconds after which the process is killed, with all that it has started; its code is then 1. */
  readonly timeout?: number;
}

/** Runs a command to its end; one that can't be started ends with code 127. */
export function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own can be killed as one.
    detached: options.timeout !== undefined && process.platform !== "win32",
  });
  const gather = (stream: NodeJS.ReadableStream): (() => string) => {
    const lines: string[] = [];
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      options.onLine?.(line);
    });
    return () => lines.join("\n");
  };
  const stdout = gather(child.stdout);
  const stderr = gather(child.stderr);
  const release =
    options.timeout === undefined ? undefined : limit(child, options.timeout);
  return new Promise((resolve) => {
    child.on("error", (error) => {
      release?.();
      resolve({ code: 127, stdout: "", stderr: error.message });
    });
    child.on("close", (code) => {
      release?.();
      resolve({ code: code ?? 1, stdout: stdout(), stderr: stderr() });
    });
  });
}

/** Ends the child's group when its time is up, or when this process is told to stop. */
function limit(child: ChildProcess, milliseconds: number): () => void {
  const end = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(
        process.platform === "win32" ? child.pid : -child.pid,
        "SIGKILL",
      );
    } catch {
      // It has ended by itself.
    }
  };
  // Ctrl+C reaches the terminal's own group alone.
  const stop = (signal: NodeJS.Signals): void => {
    end();
    release();
    process.kill(process.pid, signal);
  };
  const timer = setTimeout(end, milliseconds);
  const release = (): void => {
    clearTimeout(timer);
    process.off("SIGINT", stop).off("SIGTERM", stop);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  return release;
}
