import { spawn, type ChildProcess } from "node:child_process";
import type { Command } from "./command";

/** Where a child's output goes, piece by piece. */
export interface Sink {
  readonly stdout: (chunk: Buffer) => void;
  readonly stderr: (chunk: Buffer) => void;
}

export interface Child {
  /** The exit code; 1 for a process that was killed or could not be started. */
  readonly ended: Promise<number>;
  readonly stop: () => void;
}

const running = new Set<ChildProcess>();

/** Starts Node.js. */
export function startChild(command: Command, sink: Sink): Child {
  const child = spawn(process.execPath, command.args, {
    cwd: command.cwd,
    env: { ...process.env, ...command.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.stdout.on("data", sink.stdout);
  child.stderr.on("data", sink.stderr);
  const ended = new Promise<number>((resolve) => {
    child.on("error", (error) => {
      running.delete(child);
      sink.stderr(Buffer.from(`${error.message}\n`));
      resolve(1);
    });
    child.on("close", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
  return { ended, stop: () => child.kill() };
}

export function stopChildren(): void {
  for (const child of running) child.kill();
}
