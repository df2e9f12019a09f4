import { ConfigError, parseConfig, type BastionConfig } from "../infra/config";
import {
  readRawConfigFromFiles,
  stackFileName,
} from "../infra/config/from-files";

/** What the commands read of a project: the stack that knows who may reach what. */
export interface BastionStack {
  /** Where Pulumi.yaml is. */
  readonly folder: string;
  readonly stack: string;
  /** Config that holds where the files say nothing. */
  readonly otherwise?: Readonly<Record<string, string>>;
}

/** @throws ConfigError with all that is wrong, and for a stack that builds something else. */
export function readBastionConfig({
  folder,
  stack,
  otherwise,
}: BastionStack): BastionConfig {
  const config = parseConfig(readRawConfigFromFiles(folder, stack, otherwise));
  if (config.stack === "bastion") return config;
  throw new ConfigError([
    {
      path: "stack",
      found: `${config.stack}, in ${stackFileName(stack)}`,
      expected:
        "the bastion's stack, which has the users and who may reach what: name it with --stack",
    },
  ]);
}
