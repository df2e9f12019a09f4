import { spawn } from "node:child_process";
import { remedyInPrinted } from "../command-line/explained";

/** A run of the Pulumi CLI that has ended. */
export interface PulumiRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The stack that a run is about. */
export interface StackPlace {
  /** The project's folder. */
  readonly folder: string;
  /** Left out: the run is about none. */
  readonly stack?: string;
}

/** What every run of the CLI gets. */
export const pulumiSettings = {
  PULUMI_SKIP_UPDATE_CHECK: "1",
  // A stack that has no file of its own has its secrets' key in the state.
  PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true",
} as const;

/**
 * Runs the CLI that is first on the PATH, in the project's folder: see `putCliFirst`. Which stack is
 * selected there stays as it is.
 */
export function runPulumi(
  { folder, stack }: StackPlace,
  args: readonly string[],
): Promise<PulumiRun> {
  const child = spawn(
    "pulumi",
    [
      ...args,
      ...(stack === undefined ? [] : ["--stack", stack]),
      ...["--non-interactive", "--color", "never"],
    ],
    {
      cwd: folder,
      env: { ...process.env, ...pulumiSettings },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const printed = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      printed[stream] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      reject(
        new Error(
          `the Pulumi CLI can't be started: ${error.message}. Fix: run this by npm, or install Pulumi.`,
        ),
      );
    });
    child.on("close", (code) => {
      resolve({ code: code ?? 1, ...printed });
    });
  });
}

/** Pulumi did not do what it was asked. */
export class PulumiFailure extends Error {
  constructor(
    args: readonly string[],
    readonly run: PulumiRun,
  ) {
    const printed = told(run);
    const remedy = remedyInPrinted(printed);
    const failure = `pulumi ${args[0] ?? ""} failed: ${printed}`;
    super(remedy === undefined ? failure : `${failure}\n\n${remedy}`);
    this.name = "PulumiFailure";
  }
}

/** Both outputs: Pulumi tells of errors in either. */
export const told = ({ stdout, stderr }: PulumiRun): string =>
  `${stdout}\n${stderr}`.trim();

/** @throws PulumiFailure */
export async function mustPulumi(
  place: StackPlace,
  args: readonly string[],
): Promise<PulumiRun> {
  const run = await runPulumi(place, args);
  if (run.code === 0) return run;
  throw new PulumiFailure(args, run);
}
