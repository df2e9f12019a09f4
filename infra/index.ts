import {
  getProject,
  getRootDirectory,
  getStack,
  RunError,
} from "@pulumi/pulumi";
import { ConfigError, parseConfig, readRawConfig } from "./config";
import { placed } from "./config/places";
import {
  buildBastion,
  buildWorkload,
  type BastionOutputs,
  type WorkloadOutputs,
} from "./stacks";

/** Config in, one of two stacks, outputs out. */
async function program(): Promise<BastionOutputs | WorkloadOutputs> {
  const raw = readRawConfig(getProject());
  try {
    const config = parseConfig(raw);
    return config.stack === "bastion"
      ? buildBastion(config)
      : await buildWorkload(config);
  } catch (error) {
    if (error instanceof ConfigError) {
      const source = { folder: getRootDirectory(), stack: getStack() };
      // Pulumi shows it to the author of the config as it is, without a stack trace.
      throw new RunError(placed(error, { ...source, ...raw }).message);
    }
    throw error;
  }
}

export = program;
