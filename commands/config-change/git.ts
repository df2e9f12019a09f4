import { execFileSync } from "node:child_process";
import type { ChangedPath, GitEntry } from "./judge";

/** What differs between the commits that two checkouts are at, as git has it: nothing of it is run or followed. */
export function changedPaths(
  baseFolder: string,
  changeFolder: string,
): readonly ChangedPath[] {
  const [base, change] = [baseFolder, changeFolder].map(entriesOf);
  const paths = new Set([...(base?.keys() ?? []), ...(change?.keys() ?? [])]);
  return [...paths].sort().flatMap((path) => {
    const [before, after] = [base?.get(path), change?.get(path)];
    return before?.id === after?.id && before?.mode === after?.mode
      ? []
      : [{ path, before, after }];
  });
}

interface ListedEntry extends GitEntry {
  readonly id: string;
}

/** By path. Between NUL characters, since a path may have all others. */
function entriesOf(folder: string): ReadonlyMap<string, ListedEntry> {
  const listed = git(
    folder,
    "ls-tree",
    "-r",
    "-z",
    "--long",
    "--full-tree",
    "HEAD",
  );
  return new Map(
    listed
      .toString("utf8")
      .split("\0")
      .filter((line) => line !== "")
      .map((line) => {
        const tab = line.indexOf("\t");
        const [mode = "", , id = "", size = ""] = line
          .slice(0, tab)
          .split(/ +/);
        const bytes = () => git(folder, "cat-file", "blob", id);
        return [line.slice(tab + 1), { mode, id, size: Number(size), bytes }];
      }),
  );
}

const git = (folder: string, ...args: readonly string[]): Buffer =>
  execFileSync("git", ["-C", folder, ...args], {
    maxBuffer: 100 * 1_024 * 1_024,
    stdio: ["ignore", "pipe", "inherit"],
  });
