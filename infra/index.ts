import { getProject, RunError } from "@pulumi/pulumi";
import { ConfigError, parseConfig, readRawConfig } from "./config";
import {
  buildBastion,
  buildWorkload,
  type BastionOutputs,
  type WorkloadOutputs,
} from "./stacks";

/** Config in, one of two stacks, outputs out. */
async function program(): Promise<BastionOutputs | WorkloadOutputs> {
  try {
    const config = parseConfig(readRawConfig(getProject()));
    return config.stack === "bastion"
      ? buildBastion(config)
      : await buildWorkload(config);
  } catch (error) {
    if (error instanceof ConfigError) {
      // Pulumi shows it to the author of the config as it is, without a stack trace.
      throw new RunError(error.message);
    }
    throw error;
  }
}

export = program;
