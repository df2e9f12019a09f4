import { existsSync, readFileSync } from "node:fs";
import type { BastionConfig } from "../../infra/config";
import { readProject as readProjectFile } from "../../infra/config/from-files";
import { readBastionConfig } from "../bastion-config";

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
 * @throws ConfigError with all that is wrong in the project's files.
 */
export function readProject(folder: string, stack: string): Project {
  const { name, stackFile } = readProjectFile(folder, stack);
  const otherwise = { stack: "bastion" };
  return {
    name,
    stack,
    config: readBastionConfig({ folder, stack, otherwise }),
    stackFile: existsSync(stackFile)
      ? readFileSync(stackFile, "utf8")
      : undefined,
  };
}
