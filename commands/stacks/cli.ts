import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, sep } from "node:path";

/**
 * Puts the CLI itself first on the PATH of whatever is started from here, in the place of npm's launcher
 * of that name: a signal would end the launcher, and leave the CLI at work.
 */
export async function putCliFirst(): Promise<void> {
  const path = process.env["PATH"] ?? "";
  const [first, ...others] = path.split(delimiter).filter(hasCli);
  if (first !== undefined && !isOfNpm(first)) return;
  const folder =
    kept() ?? others.find((one) => !isOfNpm(one)) ?? (await downloaded());
  process.env["PATH"] = [folder, path].join(delimiter);
}

const name = process.platform === "win32" ? "pulumi.exe" : "pulumi";

function hasCli(folder: string): boolean {
  try {
    accessSync(join(folder, name), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const isOfNpm = (folder: string): boolean =>
  folder.split(sep).includes("node_modules");

const launcher = createRequire(__filename);

/** The folder of the version that package.json pins, if npm's launcher has it already. */
function kept(): string | undefined {
  const { cacheDir } = launcher("pulumi/lib/cache") as {
    readonly cacheDir: (version: string) => string;
  };
  const { version } = launcher("pulumi/package.json") as {
    readonly version: string;
  };
  const folder = join(cacheDir(version), "bin");
  return hasCli(folder) ? folder : undefined;
}

async function downloaded(): Promise<string> {
  const { resolve } = launcher("pulumi/lib/resolve") as {
    readonly resolve: () => Promise<string>;
  };
  try {
    return dirname(await resolve());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `the Pulumi CLI is not on the PATH, and could not be downloaded: ${why}. Fix: install it (https://www.pulumi.com/docs/iac/download-install/), or put it on the PATH.`,
      { cause: error },
    );
  }
}
