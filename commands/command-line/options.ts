import { resolve } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";

/** What was typed makes no sense, so nothing was done. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/**
 * @throws UsageError for an option that is not among `options`, or has no value, and for one that npm
 *   has kept
 */
export function parseOptions<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  refuseKeptByNpm(Object.keys(config.options ?? {}), process.env);
  try {
    return parseArgs(config);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    // Node.js goes on to say how to give a text that looks like an option, which none of ours is.
    throw new UsageError(message.replace(/\. To specify a positional .*/s, ""));
  }
}

/** Options of npm's own, which people set for all that they run. */
const alsoOfNpm: readonly string[] = ["json", "yes"];

/**
 * npm takes each option that does not stand behind ` -- ` for itself, and the script would run without it.
 *
 * @throws UsageError
 */
export function refuseKeptByNpm(
  options: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const script = environment["npm_lifecycle_event"];
  if (script === undefined) return;
  const kept = options.filter(
    (option) => !alsoOfNpm.includes(option) && isKept(option, environment),
  );
  if (kept.length === 0) return;
  const all = kept.map((option) => `--${option}`).join(" ");
  throw new UsageError(
    `npm has kept ${all} for itself, and nothing was done. Fix: put what is for the command behind " -- ": npm run ${script} -- ${all}`,
  );
}

/** npm reads `--no-x` as an x that is turned off, and sets it empty. */
function isKept(
  option: string,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const set = (name: string) =>
    environment[`npm_config_${name.replaceAll("-", "_")}`];
  return (
    set(option) !== undefined ||
    (option.startsWith("no-") && set(option.slice("no-".length)) === "")
  );
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
