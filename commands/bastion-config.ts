import {
  ConfigError,
  parseConfig,
  type BastionConfig,
  type Organisation,
  type WorkloadAccountFacts,
  type WorkloadConfig,
} from "../infra/config";
import {
  readRawConfigFromFiles,
  stackFileName,
} from "../infra/config/from-files";
import { withPlaces } from "../infra/config/places";
import { planGroups } from "../infra/groups";
import { readWorkloadStacks } from "./workload-stacks";

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
  const raw = readRawConfigFromFiles(folder, stack, otherwise);
  return withPlaces({ folder, stack, ...raw }, () => {
    const config = parseConfig(raw);
    if (config.stack !== "bastion") throw notTheBastion(config, stack);
    // Whoever plans them anew finds no fault in the config any more.
    planGroups(config);
    return config;
  });
}

const notTheBastion = (config: WorkloadConfig, stack: string) =>
  new ConfigError([
    {
      path: "stack",
      found: `${config.stack}, in ${stackFileName(stack)}`,
      expected:
        "the bastion's stack, which has the users and who may reach what: name it with --stack",
    },
  ]);

/**
 * The workload stacks of the project that trust the bastion: their files may say more than those facts
 * which all stacks share.
 *
 * @throws ConfigError with all that is wrong with one of them.
 */
export function readWorkloadConfigs(
  { folder, stack }: Pick<BastionStack, "folder" | "stack">,
  { accountId }: BastionConfig,
): readonly WorkloadConfig[] {
  return readWorkloadStacks(folder, stack)
    .map(({ config }) => config)
    .filter(({ bastion }) =>
      "accountId" in bastion
        ? bastion.accountId === accountId
        : bastion.stack.split("/").at(-1) === stack,
    );
}

/** What is known of a workload account: by the stack that has it, or else by what all stacks share. */
export interface WorkloadAccount {
  /** undefined: no stack of the project has the account. */
  readonly stack: WorkloadConfig | undefined;
  readonly organisation: Organisation;
  readonly account: WorkloadAccountFacts;
}

export function workloadAccount(
  { organisation }: BastionConfig,
  account: WorkloadAccountFacts,
  workloads: readonly WorkloadConfig[],
): WorkloadAccount {
  for (const stack of workloads) {
    const own = stack.accounts.find(({ id }) => id === account.id);
    if (own === undefined) continue;
    return { stack, organisation: stack.organisation, account: own };
  }
  return { stack: undefined, organisation, account };
}
