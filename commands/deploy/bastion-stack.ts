import { existsSync } from "node:fs";
import {
  readProject,
  readRawConfigFromFiles,
  stackFileName,
  stacksWithConfig,
} from "../../infra/config/from-files";
import { nearest } from "../command-line/names";
import { UsageError } from "../command-line/options";

/** The name that holds where none is given. */
export const usualBastion = "bastion";

/**
 * Whether the project has the bastion's stack, or it is another project's: `bastionStack` then names it.
 *
 * @throws UsageError for a name that no stack has: the bastion would be left out, and nobody told
 */
export function hasBastionStack(folder: string, stack: string): boolean {
  if (existsSync(readProject(folder, stack).stackFile)) return true;
  const others = stacksWithConfig(folder).filter((name) =>
    isBastion(folder, name),
  );
  if (others.length === 0 && stack === usualBastion) return false;
  throw new UsageError(
    `--stack ${JSON.stringify(stack)} names no stack of a bastion: there is no ${stackFileName(stack)}${nearest(stack, others)}`,
  );
}

function isBastion(folder: string, name: string): boolean {
  const { stack = "" } = readRawConfigFromFiles(folder, name).values;
  return stack === "bastion" || (stack === "" && name === usualBastion);
}
