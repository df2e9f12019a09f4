import { spawn, type ChildProcess } from "node:child_process";
import type { Command } from "./command";

/** Where a child's output goes, piece by piece. */
export interface Sink {
  readonly stdout: (chunk: Buffer) => void;
  readonly stderr: (chunk: Buffer) => void;
}

const running = new Set<ChildProcess>();

/** Runs Node.js to its end and gives its exit code; a process that was killed gives 1. */
export function runChild(command: Command, sink: Sink): Promise<number> {
  const child = spawn(process.execPath, command.args, {
    cwd: command.cwd,
    env: { ...process.env, ...command.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.stdout.on("data", sink.stdout);
  child.stderr.on("data", sink.stderr);
  return new Promise((resolve) => {
    child.on("error", (error) => {
      sink.stderr(Buffer.from(`${error.message}\n`));
      resolve(1);
    });
    child.on("close", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

export function stopChildren(): void {
  for (const child of running) child.kill();
}
