import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { mustPulumi } from "../stacks/pulumi";
import type {
  ExportedDeployment,
  ExportedStack,
} from "../stacks/exported-stack";

/** A state that can be read, beside the one that can't. */
export interface Backup {
  readonly file: string;
  /** Milliseconds since the epoch; when it was written. */
  readonly writtenAt: number;
  readonly stack: ExportedStack;
}

/** Where a backend of files keeps a stack. Source: pulumi/pulumi, pkg/backend/diy/store.go. */
export interface StateFiles {
  readonly state: string;
  /** The backend's own notes on the file: when they are cut, it can't read the state either. */
  readonly notes: string;
  readonly backups: readonly string[];
}

/**
 * @param project the project's name
 * @returns the backend's address, where the states are not in files of this machine
 */
export async function stateFilesOf(
  folder: string,
  project: string,
  stack: string,
): Promise<StateFiles | string> {
  const { stdout } = await mustPulumi({ folder }, ["whoami", "--json"]);
  const { url = "" } = JSON.parse(stdout) as { readonly url?: string };
  const states = folderOfStates(url, folder);
  if (states === undefined) return url;
  const root = join(states, ".pulumi");
  const name = stack.split("/").at(-1) ?? stack;
  const base = join(root, "stacks", project, `${name}.json`);
  const state = [base, `${base}.gz`].find((file) => existsSync(file)) ?? base;
  return {
    state,
    notes: `${state}.attrs`,
    backups: [
      `${state}.bak`,
      ...filesIn(join(root, "backups", project, name), /\.json(\.gz)?$/),
      ...filesIn(
        join(root, "history", project, name),
        /\.checkpoint\.json(\.gz)?$/,
      ),
    ],
  };
}

/**
 * Where a backend's address has the states; undefined: not in files. As Pulumi reads it, which is as a path
 * behind `file://`: also `file://~`, `file://./states` and, on Windows, `file://C:/states`. Source:
 * pulumi/pulumi, pkg/backend/diy/backend.go.
 *
 * @param from the folder that the CLI runs in
 */
export function folderOfStates(
  address: string,
  from: string,
  home = homedir(),
): string | undefined {
  const path = /^file:\/\/([^?]*)/.exec(address)?.[1];
  if (path === undefined) return undefined;
  const whole = path.startsWith("~") ? join(home, path.slice(1)) : path;
  return decodeURIComponent(resolve(from, whole));
}

const filesIn = (folder: string, named: RegExp): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => named.test(file))
        .map((file) => join(folder, file))
    : [];

/** Those that can be read, the newest first. */
export const readableBackups = (files: readonly string[]): readonly Backup[] =>
  files
    .flatMap((file) => readBackup(file) ?? [])
    .toSorted((a, b) => b.writtenAt - a.writtenAt);

/** A checkpoint of a backend, or what `pulumi stack export` gives; undefined: it can't be read. */
export function readBackup(file: string): Backup | undefined {
  try {
    const read = JSON.parse(readState(file)) as StateInFile;
    const { version = 3, checkpoint, deployment } = read;
    const latest = deployment ?? checkpoint?.latest;
    if (checkpoint === undefined && deployment === undefined) return undefined;
    return {
      file,
      writtenAt: statSync(file).mtimeMs,
      stack: { version, deployment: latest ?? {} },
    };
  } catch {
    return undefined;
  }
}

interface StateInFile {
  readonly version?: number;
  readonly checkpoint?: { readonly latest?: ExportedDeployment };
  readonly deployment?: ExportedDeployment;
}

/** The text of a state, or what is left of it; compressed or not. */
export function readState(file: string): string {
  const bytes = readFileSync(file);
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isCompressed ? gunzipSync(bytes) : bytes).toString("utf8");
}
