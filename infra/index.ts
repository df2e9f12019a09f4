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
    if (error instanceof ConfigError || error instanceof RangeError) {
      throw messageToAuthor(error.message);
    }
    throw error;
  }
}

/** Pulumi tells it to the author of the config as it is, without a stack trace. */
function messageToAuthor(message: string): RunError {
  const error = new RunError(message);
  // Node.js 20.20 takes half a minute to colour the SDK's frames, which nobody gets to see.
  error.stack = message;
  return error;
}

export = program;
