import { stderr, stdin, stdout } from "node:process";
import { createInterface } from "node:readline/promises";
import { visibleLines } from "../formats/visible";
import { fitted } from "../formats/wrap";

/** Whether there is somebody to answer. */
export const hasTerminal = (): boolean =>
  isTerminal(stdin) && isTerminal(stderr);

/** A pipe and a file have no `isTTY`, whatever the types of Node.js say. */
const isTerminal = (stream: { readonly isTTY?: boolean }): boolean =>
  stream.isTTY === true;

/**
 * Colour on a terminal, and nowhere else: where it is left to the library, every CI has them.
 * `NO_COLOR` as no-color.org has it: set, and not empty.
 */
export const hasColours = (
  environment: NodeJS.ProcessEnv,
  stream: { readonly isTTY?: boolean } = stdout,
): boolean => isTerminal(stream) && !environment["NO_COLOR"];

/**
 * Cells in a line of the output. A pipe and a log have none, and a terminal that does not know its own
 * says 0.
 */
export const widthOfOutput = ({
  columns,
}: Pick<typeof stdout, "columns"> = stdout): number =>
  columns >= 40 ? columns : 80;

/** A text in lines that a terminal does not break within a word; a log and a pipe get it as it is. */
export const forReading = (
  text: string,
  stream: Pick<typeof stdout, "columns" | "isTTY"> = stdout,
): string => (isTerminal(stream) ? fitted(text, widthOfOutput(stream)) : text);

/** Beside the output as well: that may go into a file. */
export async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

/** Beside the output, so that the output can be read by a program. */
export const progress = (line: string): void => {
  stderr.write(`${visibleLines(line)}\n`);
};

/** The same for what is longer than a line of a terminal. */
export const tell = (text: string): void => {
  progress(forReading(text, stderr));
};
