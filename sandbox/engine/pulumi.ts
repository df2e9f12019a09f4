import type { Engine } from "./index";
import { run, type Finished, type RunOptions } from "./run";

/**
 * A run of the Pulumi CLI, as a person would type it. The person's own settings for Pulumi, a login
 * or a passphrase, stay out of it.
 */
export const runPulumi = (
  engine: Engine,
  args: readonly string[],
  options: RunOptions,
): Promise<Finished> =>
  run(engine.cli, ["--non-interactive", ...args], {
    ...options,
    environment: {
      ...withoutPulumiSettings(process.env),
      ...options.environment,
      ...engine.environment,
    },
  });

/** The settings that there are, each as one that is to be left out. */
const withoutPulumiSettings = (
  environment: NodeJS.ProcessEnv,
): Record<string, undefined> =>
  Object.fromEntries(
    Object.keys(environment)
      .filter((name) => name.startsWith("PULUMI_"))
      .map((name) => [name, undefined]),
  );
