import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { dirname } from "node:path";
import { SetUpError } from "../../infra/profiles/set-up-error";

/** A client's config file as it was read, one character per byte. */
export interface ConfigFile {
  /** The file itself, behind any symbolic link. */
  readonly path: string;
  readonly text: string;
  readonly exists: boolean;
}

/** For its owner alone, as the AWS CLI makes it. */
const newFileMode = 0o600;
const newFolderMode = 0o700;

export function readConfigFile(path: string): ConfigFile {
  const target = behindLinks(path);
  try {
    return {
      path: target,
      text: fs.readFileSync(target, "latin1"),
      exists: true,
    };
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      return { path: target, text: "", exists: false };
    }
    throw new SetUpError(`${path} can't be read: ${messageOf(error)}`);
  }
}

/**
 * Writes the whole file beside the old one and puts it in its place, with its mode: a reader finds
 * the old text or the new one, never half of it. A link to the file stays a link.
 *
 * @throws SetUpError when the file is no longer what was read, or can't be written.
 */
export function writeConfigFile(file: ConfigFile, text: string): void {
  const beside = `${file.path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    fs.mkdirSync(dirname(file.path), { recursive: true, mode: newFolderMode });
    const mode = file.exists
      ? fs.statSync(file.path).mode & 0o7777
      : newFileMode;
    // What is renamed into its place asks the folder's permission alone.
    if ((mode & 0o222) === 0) {
      throw new SetUpError(
        `${file.path} is read-only. Nothing was written. Fix: chmod u+w it, or give another file with --file.`,
      );
    }
    writeThrough(beside, text, mode);
    const now = readConfigFile(file.path);
    if (now.text !== file.text || now.exists !== file.exists) {
      throw new SetUpError(
        `${file.path} was changed by somebody else meanwhile. Nothing was written: run this again.`,
      );
    }
    fs.renameSync(beside, file.path);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    if (error instanceof SetUpError) throw error;
    throw new SetUpError(`${file.path} can't be written: ${messageOf(error)}`);
  }
}

function writeThrough(path: string, text: string, mode: number): void {
  const file = fs.openSync(path, "wx", newFileMode);
  try {
    fs.writeFileSync(file, text, "latin1");
    // The umask does not apply to this one.
    fs.fchmodSync(file, mode);
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

function behindLinks(path: string): string {
  try {
    return fs.realpathSync(path);
  } catch {
    if (fs.lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new SetUpError(
        `${path} is a link to a file that is not there. Nothing was changed.`,
      );
    }
    return path;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
