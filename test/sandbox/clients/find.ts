import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { workFolder } from "../../../sandbox/engine/paths";

/** A program that is installed here. */
export interface Program {
  readonly path: string;
  /** As it tells it itself, where it does. */
  readonly version: string | undefined;
}

/** A program, or why there is none. */
export type Found = Program | { readonly missing: string };

/** Where CONTRIBUTING.md installs clients, each set in a folder of its own. */
export const installed = join(workFolder, "clients");

const sets = ["python", "prowler", "pmapper", "go"].map((name) =>
  join(installed, name, "bin"),
);

/** Where programs are looked for: as a shell does, but all of a name, since there are two AWS CLIs. */
export const searchPath: readonly string[] = [
  ...sets,
  ...(process.env["PATH"] ?? "").split(delimiter),
];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** What a program prints when it is asked for its version; nothing where it does not start. */
function tells(path: string, args: readonly string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(path, args, {
    encoding: "utf8",
  });
  return status === 0 ? (stdout + stderr).trim() : undefined;
}

/**
 * The first program of that name that, so asked, prints what `expected` finds; its group is the version.
 * `missing` is why there is none.
 */
export function findProgram(
  name: string,
  args: readonly string[],
  expected: RegExp,
  missing: string,
): Found {
  for (const path of searchPath.map((folder) => join(folder, name))) {
    const told = isExecutable(path) ? tells(path, args) : undefined;
    const found = expected.exec(told ?? "");
    if (found) return { path, version: found[1] };
  }
  return { missing };
}

/** Node.js, where a folder of modules has the package. */
export function findPackage(name: string, modules: string): Found {
  const file = join(modules, name, "package.json");
  if (!existsSync(file)) return { missing: `no ${name} in ${modules}` };
  const { version } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly version: string;
  };
  return { path: process.execPath, version };
}

/** How a test is called after a program. */
export const titleOf = (name: string, found: Found): string =>
  "missing" in found
    ? `${name} (skipped: ${found.missing})`
    : [name, found.version].filter(Boolean).join(" ");
