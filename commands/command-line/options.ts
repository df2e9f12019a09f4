import { resolve } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { refuseKeptByNpm } from "./kept-by-npm";
import { UsageError } from "./usage-error";

export { UsageError };

/**
 * @throws UsageError for an option that is not among `options`, or has no value, and for one that npm
 *   has kept
 */
export function parseOptions<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  refuseKeptByNpm(config, process.env);
  try {
    return parseArgs(config);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    // Node.js goes on to say how to give a text that looks like an option, which none of ours is.
    throw new UsageError(message.replace(/\. To specify a positional .*/s, ""));
  }
}

/** @throws UsageError for anything but digits that make a number in the range. */
export function wholeNumber(
  option: string,
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(
    `--${option} takes a whole number from ${least} to ${most}, and not ${JSON.stringify(text)}`,
  );
}

/** npm runs a script in the project's folder; a path is meant from where it was typed. */
export const fromCaller = (...path: readonly string[]): string =>
  resolve(process.env["INIT_CWD"] ?? "", ...path);
