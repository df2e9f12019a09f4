import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The root of this checkout. */
export const checkout = resolve(__dirname, "../..");

const windows = process.platform === "win32";

/** Runs a program, and gives what it prints. */
export const printedBy = (
  program: string,
  args: readonly string[],
  cwd = checkout,
): string =>
  execFileSync(
    windows && program === "npm" ? "npm.cmd" : program,
    args,
    // Windows starts .cmd files through a shell alone.
    { cwd, encoding: "utf8", maxBuffer: 2 ** 28, shell: windows },
  );

export const textOf = (file: string): string =>
  readFileSync(join(checkout, file), "utf8");

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly repository?: { readonly url: string };
}

export const manifestOf = (file: string): Manifest =>
  JSON.parse(textOf(file)) as Manifest;

/** Where the programs of releases are kept: as many as are tried to update. */
export const keptFolder = "test/upgrade/releases";
const ending = ".tar.gz";

export const keptFile = (version: string): string =>
  `${keptFolder}/${version}${ending}`;

/** The oldest comes first. */
export const keptVersions = (): readonly string[] =>
  readdirSync(join(checkout, keptFolder))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort(inOrder);

/** What is before a version, as 0.1.0-before, comes before it. */
export function inOrder(one: string, other: string): number {
  const [version = "", before = "~"] = one.split("-");
  const [otherVersion = "", otherBefore = "~"] = other.split("-");
  const byNumber = version.localeCompare(otherVersion, "en", { numeric: true });
  if (byNumber !== 0) return byNumber;
  if (before === otherBefore) return 0;
  return before < otherBefore ? -1 : 1;
}
