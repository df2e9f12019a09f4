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
    (await pinned(noDownload).catch(() => undefined)) ??
    others.find((one) => !isOfNpm(one)) ??
    (await pinned());
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

const noDownload = {
  install: () => Promise.reject(new Error("not downloaded yet")),
};

/** The folder of the version that package.json pins, where npm's launcher keeps it, or puts it now. */
async function pinned(options = {}): Promise<string> {
  const launcher = createRequire(__filename)("pulumi/lib/resolve") as {
    readonly resolve: (options: object) => Promise<string>;
  };
  return dirname(await launcher.resolve(options));
}
