import { stdin, stdout } from "node:process";
import { createInterface } from "node:readline/promises";

/** Whether there is somebody to answer. */
export const hasTerminal = (): boolean => stdin.isTTY && stdout.isTTY;

export async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stdout });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

/** Beside the output, so that the output can be read by a program. */
export const progress = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
