import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { version } from "pulumi/package.json";

/** The root of this checkout. */
export const checkout = resolve(__dirname, "../..");

/** What the sandbox writes inside the checkout: stacks' states, Pulumi's home, launchers. */
export const workFolder = join(checkout, ".sandbox");

/**
 * What is dear enough to keep between checkouts: the Pulumi CLI, and nothing else.
 * `BASTION_SANDBOX_CACHE` moves it.
 */
export function toolCache(): string {
  const chosen = process.env["BASTION_SANDBOX_CACHE"];
  if (chosen) return resolve(chosen);
  const name = "bastion-account";
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library", "Caches", name);
    case "win32":
      return join(process.env["LOCALAPPDATA"] ?? homedir(), name);
    default: {
      const caches = process.env["XDG_CACHE_HOME"] ?? "";
      return join(
        isAbsolute(caches) ? caches : join(homedir(), ".cache"),
        name,
      );
    }
  }
}

/** What every run of the Pulumi CLI is set to. */
export const settingsOfRuns = {
  /** Not the user's, so that nobody's login or plugins are touched. */
  PULUMI_HOME: join(workFolder, "pulumi-home"),
  PULUMI_SKIP_UPDATE_CHECK: "1",
  // It logs each command into its home. Those of a sandbox that has ended nobody can read: their key was in its state.
  PULUMI_LOG_ROTATION_MAX_AGE_DAYS: "1",
  PULUMI_LOG_ROTATION_MAX_TOTAL_MB: "20",
} as const;

/** The CLI's version: that of the npm package `pulumi`, pinned in package.json. */
export const pulumiVersion = version;

/** A folder that the npm package `pulumi` takes for `PULUMI_HOME`. */
export const cachedPulumiHome = (): string => join(toolCache(), "pulumi");

/** Where that package looks for the CLI below a `PULUMI_HOME`. */
export const cliIn = (pulumiHome: string): string =>
  join(
    pulumiHome,
    "versions",
    pulumiVersion,
    "bin",
    process.platform === "win32" ? "pulumi.exe" : "pulumi",
  );
