import {
  ConfigError,
  parseConfig,
  type RawConfig,
  type StackConfig,
  type WorkloadAccountFacts,
  type WorkloadConfig,
} from "../infra/config";
import {
  readRawConfigFromFiles,
  readSharedConfig,
  stackFileName,
  stacksWithConfig,
} from "../infra/config/from-files";
import { withPlaces } from "../infra/config/places";
import { accountStack, namedAccount } from "../infra/config/stack-kind";

/** A workload stack of a project, whether or not it is deployed. */
export interface WorkloadStack {
  readonly name: string;
  readonly config: WorkloadConfig;
}

/**
 * Which stack builds which account: those with a file of their own what it says, and each other account
 * the stack that is named for it.
 *
 * @param bastionStack whose file is none of a workload stack
 * @throws ConfigError with all that is wrong with one of them.
 */
export function readWorkloadStacks(
  folder: string,
  bastionStack: string,
): readonly WorkloadStack[] {
  const withFile = stacksWithConfig(folder)
    .filter((name) => name !== bastionStack)
    .map((name) => {
      const raw = readRawConfigFromFiles(folder, name);
      const config = checked(folder, name, raw);
      refuseBastionOfAccount(name, config);
      return { name, config };
    })
    .filter(isWorkload);
  return [...withFile, ...namedForAccounts(folder, withFile)];
}

/** Those for accounts that no stack with a file builds. All say the same of theirs, so it is read once. */
function namedForAccounts(
  folder: string,
  withFile: readonly WorkloadStack[],
): readonly WorkloadStack[] {
  const shared = readSharedConfig(folder);
  // Then no stack's name says what it is.
  if (shared.values["stack"]) return [];
  const config = checked(folder, "", {
    ...shared,
    values: { ...shared.values, stack: "workload" },
  });
  if (config.stack !== "workload") return [];
  const built = new Set(
    withFile.flatMap((stack) => stack.config.accounts.map(({ id }) => id)),
  );
  const taken = new Set(withFile.map(({ name }) => name));
  return config.accounts
    .filter(({ id }) => !built.has(id))
    .map((account) => ({
      name: accountStack(account.name),
      config: { ...config, accounts: [account] },
    }))
    .filter(({ name }) => !taken.has(name));
}

/** Its name says that it builds an account, and what is named for none goes by no name. */
function refuseBastionOfAccount(name: string, config: StackConfig): void {
  if (config.stack !== "bastion" || namedAccount(name) === undefined) return;
  throw new ConfigError([
    {
      path: "stack",
      found: `bastion, in ${stackFileName(name)}`,
      expected: `a workload stack, by its name. Fix: remove the key, or rename the file`,
    },
  ]);
}

/**
 * @param known the accounts to which the bastion lets people
 * @throws ConfigError where a stack builds another account than the bastion means by the name.
 */
export function refuseOtherAccounts(
  known: readonly WorkloadAccountFacts[],
  workloads: readonly WorkloadStack[],
): void {
  const problems = workloads.flatMap(({ name, config }) =>
    config.accounts.flatMap((account) =>
      known
        .filter(
          (other) =>
            (other.name === account.name) !== (other.id === account.id),
        )
        .map((other) => ({
          path: `accounts.${account.name}`,
          found: `the id ${account.id} for the stack ${name}, and for the bastion ${other.name} with ${other.id}`,
          expected:
            "one name and id for both. Fix: write accounts into Pulumi.yaml alone, which all stacks share",
        })),
    ),
  );
  if (problems.length > 0) throw new ConfigError(problems);
}

const checked = (folder: string, stack: string, raw: RawConfig): StackConfig =>
  withPlaces({ folder, stack, ...raw }, () => parseConfig(raw));

const isWorkload = (stack: {
  readonly name: string;
  readonly config: StackConfig;
}): stack is WorkloadStack => stack.config.stack === "workload";
