import type { Engine } from "./index";
import { run, type Finished, type RunOptions } from "./run";

/** A run of the Pulumi CLI, as a person would type it. */
export const runPulumi = (
  engine: Engine,
  args: readonly string[],
  options: RunOptions,
): Promise<Finished> =>
  run(engine.cli, ["--non-interactive", ...args], {
    ...options,
    environment: { ...options.environment, ...engine.environment },
  });
