import {
  getProject,
  getRootDirectory,
  getStack,
  RunError,
} from "@pulumi/pulumi";
import {
  ConfigError,
  parseConfig,
  readRawConfig,
  withUsersFile,
} from "./config";
import { placed } from "./config/places";
import {
  buildBastion,
  buildWorkload,
  type BastionOutputs,
  type WorkloadOutputs,
} from "./stacks";

/** Config in, one of two stacks, outputs out. */
async function program(): Promise<BastionOutputs | WorkloadOutputs> {
  const folder = getRootDirectory();
  let raw = readRawConfig(getProject());
  try {
    raw = withUsersFile(raw, folder);
    const config = parseConfig(raw);
    return config.stack === "bastion"
      ? buildBastion(config)
      : await buildWorkload(config);
  } catch (error) {
    if (error instanceof ConfigError) {
      // Pulumi shows it to the author of the config as it is, without a stack trace.
      throw new RunError(
        placed(error, { folder, stack: getStack(), ...raw }).message,
      );
    }
    throw error;
  }
}

export = program;
