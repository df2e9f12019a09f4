import {
  parseConfig,
  type RawConfig,
  type StackConfig,
  type WorkloadConfig,
} from "../infra/config";
import {
  readRawConfigFromFiles,
  readSharedConfig,
  stacksWithConfig,
} from "../infra/config/from-files";
import { withPlaces } from "../infra/config/places";
import { accountStack } from "../infra/config/stack-kind";

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
      return { name, config: checked(folder, name, raw) };
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

const checked = (folder: string, stack: string, raw: RawConfig): StackConfig =>
  withPlaces({ folder, stack, ...raw }, () => parseConfig(raw));

const isWorkload = (stack: {
  readonly name: string;
  readonly config: StackConfig;
}): stack is WorkloadStack => stack.config.stack === "workload";
