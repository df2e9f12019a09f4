import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, join } from "node:path";
import {
  cachedPulumiHome,
  cliIn,
  pulumiVersion,
  settingsOfRuns,
} from "./paths";
import { run } from "./run";

/** The CLI of the pinned version, where it already is on this machine. */
export async function findCli(): Promise<string | undefined> {
  for (const candidate of candidates()) {
    if (await isPinnedCli(candidate)) return candidate;
  }
  return undefined;
}

/**
 * Whether the file runs and says that it is of the pinned version: a download that was cut off does
 * not, and another version is left alone, since state and packs are tried with the pinned one.
 */
export async function isPinnedCli(file: string): Promise<boolean> {
  if (!isExecutable(file)) return false;
  const { code, stdout } = await run(file, ["version"], {
    environment: settingsOfRuns,
    timeout: 30_000,
  });
  // Pulumi's own builds say "v3", others just the number.
  return code === 0 && stdout.trim().replace(/^v/, "") === pulumiVersion;
}

function candidates(): readonly string[] {
  const homes = [
    cachedPulumiHome(),
    process.env["PULUMI_HOME"],
    join(homedir(), ".pulumi"),
  ];
  const installed = homes.flatMap((home) => (home ? [cliIn(home)] : []));
  const name = basename(cliIn(""));
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    // npm puts its own launcher of that name there, which would download.
    .filter((folder) => folder !== "" && !folder.includes("node_modules"))
    .map((folder) => join(folder, name))
    .find(isExecutable);
  return onPath === undefined ? installed : [...installed, onPath];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
