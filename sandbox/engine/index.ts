import { existsSync } from "node:fs";
import { delimiter, dirname, extname, join } from "node:path";
import { buildCli } from "./build";
import { downloadCli, type Attempt } from "./download";
import { findCli } from "./find";
import { installBesideHost } from "./launcher";
import { withLock } from "../lock";
import { pulumiVersion, settingsOfRuns, toolCache } from "./paths";

/** The real Pulumi engine, ready to be run. */
export interface Engine {
  readonly cli: string;
  readonly version: string;
  /** What every run needs: the language host on the PATH, and a home that is not the user's. */
  readonly environment: Readonly<Record<string, string>>;
  readonly origin: Origin;
}

export type Origin = "found" | "downloaded" | "built";

/** Neither found, nor to be downloaded, nor to be built. */
export class NoEngineError extends Error {
  constructor(download: string, build: string) {
    super(
      [
        `The Pulumi CLI ${pulumiVersion} is not on this machine, and could not be had:`,
        `  download: ${download}`,
        `  build:    ${build}`,
        "Do one of these, and run the command again:",
        `  - let this machine reach Pulumi's downloads, or install Pulumi ${pulumiVersion} by hand;`,
        "  - install Go 1.21 or newer, and let it reach a Go module proxy.",
      ].join("\n"),
    );
    this.name = "NoEngineError";
  }
}

/**
 * Finds, downloads or builds the pinned CLI, in that order.
 *
 * @throws NoEngineError when none of the three works.
 */
export async function ensureEngine(
  progress: (line: string) => void,
): Promise<Engine> {
  const found = await findCli();
  if (found !== undefined) return engine(found, "found");
  return withLock(
    join(toolCache(), "pulumi.lock"),
    async () => {
      // Another process may have made it while this one waited.
      const made = await findCli();
      if (made !== undefined) return engine(made, "found");
      const downloaded = await downloadCli(progress);
      if ("cli" in downloaded) return engine(downloaded.cli, "downloaded");
      progress(`  not to be had there (${downloaded.failure})`);
      const built: Attempt = await buildCli(progress);
      if ("cli" in built) return engine(built.cli, "built");
      throw new NoEngineError(downloaded.failure, built.failure);
    },
    progress,
  );
}

async function engine(found: string, origin: Origin): Promise<Engine> {
  const comesWithHost = existsSync(
    join(dirname(found), `pulumi-language-nodejs${extname(found)}`),
  );
  const cli = comesWithHost ? found : await installBesideHost(found);
  return {
    cli,
    version: pulumiVersion,
    origin,
    environment: {
      PATH: [dirname(cli), process.env["PATH"] ?? ""].join(delimiter),
      ...settingsOfRuns,
      // The provider of the sandbox is attached to; the real one need not be downloaded.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
    },
  };
}
