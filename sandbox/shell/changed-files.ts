import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../engine/paths";

/** The texts of the project's own files, by name. */
export type ProjectFiles = ReadonlyMap<string, string>;

/** Commands write into them as they do for real accounts: `npm run revoke` does. */
export const projectFiles = (folder = checkout): ProjectFiles =>
  new Map(
    readdirSync(folder)
      .filter((name) => /^Pulumi(\..+)?\.yaml$/.test(name))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );

/** Those that were made, changed or removed. */
export const changedFiles = (
  before: ProjectFiles,
  now: ProjectFiles,
): readonly string[] =>
  [...new Set([...before.keys(), ...now.keys()])].filter(
    (name) => before.get(name) !== now.get(name),
  );
