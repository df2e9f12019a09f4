import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { cachedPulumiHome, cliIn, pulumiVersion } from "./paths";
import { run } from "./run";

/** The CLI of the pinned version, where it already is on this machine. */
export async function findCli(): Promise<string | undefined> {
  const homes = [
    cachedPulumiHome(),
    process.env["PULUMI_HOME"],
    join(homedir(), ".pulumi"),
  ];
  const installed = homes
    .flatMap((home) => (home ? [cliIn(home)] : []))
    .find(isExecutable);
  return installed ?? (await findOnPath());
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Another version on the PATH is left alone: state and packs are tried with the pinned one. */
async function findOnPath(): Promise<string | undefined> {
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    // npm puts its own launcher of that name there, which would download.
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, "pulumi"))
    .find(isExecutable);
  if (onPath === undefined) return undefined;
  const { stdout } = await run(onPath, ["version"]);
  // Pulumi's own builds say "v3", others just the number.
  return stdout.trim().replace(/^v/, "") === pulumiVersion ? onPath : undefined;
}
