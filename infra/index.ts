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
    // Told as a message to the author of the config, without a stack trace.
    if (error instanceof ConfigError || error instanceof RangeError)
      throw new RunError(error.message);
    throw error;
  }
}

export = program;
