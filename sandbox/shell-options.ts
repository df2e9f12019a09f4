import { parseArgs } from "node:util";
import type { FaultKind, FaultSettings, Range } from "./aws/faults/settings";
import { usualRules } from "./aws/faults/usual-rules";

const kinds = Object.keys(usualRules).join(", ");

const kindLines = Object.keys(usualRules)
  .map((kind) => `                        ${kind}`)
  .join("\n");

export const usage = `Usage: npm run sandbox -- [options]

Keeps an AWS on this machine, with both stacks deployed, until Ctrl-C, and
prints what to paste into a shell, to use the AWS CLI and the project's commands
on it.

  --messy             keeps an account instead that has grown for years, for npm
                      run adopt
  --latency <ms>      what each call takes, as 300 or 150-450
  --faults <kinds>    what calls meet then, with commas between, of:
${kindLines}
  --seed <number>     chooses which calls meet it (default: 1)
  --help              this text

Latency and faults begin when all is deployed.
`;

export interface ShellOptions {
  readonly messy: boolean;
  readonly help: boolean;
  readonly faults: FaultSettings | undefined;
}

const options = {
  messy: { type: "boolean", default: false },
  latency: { type: "string" },
  faults: { type: "string" },
  seed: { type: "string", default: "1" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** What the sandbox is asked for; or, as text, why that is not understood. */
export function shellOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ShellOptions | string {
  try {
    refuseKeptByNpm(environment);
    const { values } = parseArgs({ args: [...args], options });
    const { messy, help } = values;
    return { messy, help, faults: faultsIn(values) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `${why}\n\n${usage}`;
  }
}

/** npm takes each option that does not stand behind ` -- ` for itself, and tells its scripts of it. */
function refuseKeptByNpm(
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const kept = Object.keys(options)
    .filter((name) => environment[`npm_config_${name}`] !== undefined)
    .map((name) => `--${name}`)
    .join(" ");
  if (kept === "") return;
  throw new Error(
    `npm has kept ${kept} for itself, and nothing was done. Fix: put what is for the sandbox behind " -- ": npm run sandbox -- ${kept}`,
  );
}

function faultsIn({
  latency,
  faults,
  seed,
}: {
  readonly latency?: string | undefined;
  readonly faults?: string | undefined;
  readonly seed: string;
}): FaultSettings | undefined {
  if (!/^\d{1,15}$/.test(seed)) {
    throw new Error(`--seed: expected a whole number, found "${seed}"`);
  }
  if (latency === undefined && faults === undefined) return undefined;
  return {
    seed: Number(seed),
    ...(latency === undefined ? {} : { latency: rangeIn(latency) }),
    rules: (faults?.split(",") ?? []).map((kind) => {
      if (Object.hasOwn(usualRules, kind)) return usualRules[kind as FaultKind];
      throw new Error(`--faults: expected some of ${kinds}, found "${kind}"`);
    }),
  };
}

function rangeIn(text: string): Range {
  const [, least = "", most = least] =
    /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (least !== "" && Number(least) <= Number(most)) {
    return { least: Number(least), most: Number(most) };
  }
  throw new Error(
    `--latency: expected milliseconds, as 300 or 150-450, found "${text}"`,
  );
}
