import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { closest } from "fastest-levenshtein";
import type { BastionConfig } from "../../infra/config";
import {
  readProject as readProjectFile,
  stackFileName,
  stacksWithFile,
} from "../../infra/config/from-files";
import { isSlipOf } from "../../infra/config/nearest-name";
import { readBastionConfig } from "../bastion-config";
import { UsageError } from "../command-line/options";

/** What the project's files say that a take-over needs to know. */
export interface Project {
  readonly name: string;
  readonly stack: string;
  readonly config: BastionConfig;
  /** The text of the stack's file; undefined: there is none yet. */
  readonly stackFile: string | undefined;
}

/**
 * Reads the config of a stack that may have no file yet, or one without users.
 *
 * @throws ConfigError with all that is wrong in the project's files, UsageError for a stack without a file
 *   that may be a slip
 */
export function readProject(folder: string, stack: string): Project {
  const { name, stackFile } = readProjectFile(folder, stack);
  const isThere = existsSync(stackFile);
  if (!isThere) refuseSlip(stack, dirname(stackFile));
  const otherwise = { stack: "bastion" };
  return {
    name,
    stack,
    config: readBastionConfig({ folder, stack, otherwise }),
    stackFile: isThere ? readFileSync(stackFile, "utf8") : undefined,
  };
}

/** @throws UsageError, since by a slip everybody in the account would be taken for new */
function refuseSlip(stack: string, folder: string): void {
  const near = stacksWithFile(folder).filter((one) => isSlipOf(stack, one));
  if (near.length === 0) return;
  throw new UsageError(
    `--stack ${JSON.stringify(stack)} has no ${stackFileName(stack)}; the nearest is ${closest(stack, near)}. Fix: name that one; or, where it is another stack that is new, make the file, empty`,
  );
}
