import type { ParseArgsConfig } from "node:util";
import { UsageError } from "./usage-error";

/** Options of npm's own, and node-gyp's `jobs`: people set them for all that they run. */
const alsoOfNpm: readonly string[] = ["jobs", "json", "yes"];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * npm takes each option that does not stand behind ` -- ` for itself, and the script would run without it.
 * It tells of those that it does not know, in the script's environment; of its own, as `only`, it does not.
 *
 * @throws UsageError with the line that was meant
 */
export function refuseKeptByNpm(
  { args = [], options = {}, allowPositionals = false }: ParseArgsConfig,
  environment: Environment,
): void {
  const script = environment["npm_lifecycle_event"];
  if (script === undefined) return;
  const kept = Object.entries(options)
    .filter(([option]) => !alsoOfNpm.includes(option))
    .flatMap(([option, { type }]) => {
      const value = keptValue(option, environment);
      return value === undefined ? [] : [{ option, type, value }];
    });
  if (kept.length === 0) return;
  const loose = args.filter((one) => !one.startsWith("-"));
  const isOneForOne =
    !allowPositionals && loose.length === 1 && kept.length === 1;
  const left = isOneForOne ? loose[0] : undefined;
  const typed = kept.map((one) => typedAs(one, left));
  // Which of them is an option's value, npm does not say.
  const isClear =
    allowPositionals && !typed.some((one) => one.endsWith(someValue));
  const before = isClear ? loose.filter(isPlain) : [];
  const names = kept.map(({ option }) => `--${option}`).join(" ");
  const line = ["npm run", script, "--", ...before, ...typed].join(" ");
  throw new UsageError(
    `npm has kept ${names} for itself, and nothing was done. Fix: put what is for the command behind " -- ": ${line}`,
  );
}

interface Kept {
  readonly option: string;
  readonly type: "string" | "boolean";
  readonly value: string;
}

const someValue = "<value>";

/**
 * npm leaves the value of an option that it does not know behind, as if it stood for itself.
 *
 * @param left what can only be that value; undefined: nothing is certain to be
 */
function typedAs({ option, type, value }: Kept, left?: string): string {
  if (type === "boolean") return `--${option}`;
  const given = value === "true" ? left : value;
  const isShown = given !== undefined && isPlain(given);
  return `--${option} ${isShown ? given : someValue}`;
}

/** What needs no quotes in any shell. */
const isPlain = (text: string): boolean => /^[\w./:=@,+-]+$/.test(text);

/** npm reads `--no-x` as an x that is turned off, and sets it empty. */
function keptValue(
  option: string,
  environment: Environment,
): string | undefined {
  const set = (name: string) =>
    environment[`npm_config_${name.replaceAll("-", "_")}`];
  const value = set(option);
  if (value !== undefined) return value;
  const isOff =
    option.startsWith("no-") && set(option.slice("no-".length)) === "";
  return isOff ? "true" : undefined;
}
