import { spawn } from "node:child_process";
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
  /** Milliseconds after which the process is killed; its code is then 1. */
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
    timeout: options.timeout,
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
  return new Promise((resolve) => {
    child.on("error", (error) => {
      resolve({ code: 127, stdout: "", stderr: error.message });
    });
    child.on("close", (code) => {
      resolve({ code: code ?? 1, stdout: stdout(), stderr: stderr() });
    });
  });
}
