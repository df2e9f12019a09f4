/** What the machine has. */
export interface Machine {
  readonly cores: number;
  /** Bytes that are free. */
  readonly memory: number;
}

const mebibyte = 1024 * 1024;

/**
 * What a stack takes: the engine, the program and the policy pack, and a plugin for each account. Source
 * of the plugin's: pulumi-aws #5860 says 300 to 430 MB.
 */
const taken = { stack: 500 * mebibyte, account: 430 * mebibyte } as const;

/** A core does the work of so many, since they wait for AWS most of the time. */
const perCore = 2;

/** How many stacks may run side by side, if the largest has so many accounts. */
export function sideBySide(
  { cores, memory }: Machine,
  accountsInLargest: number,
): number {
  const each = taken.stack + taken.account * Math.max(1, accountsInLargest);
  return Math.max(1, Math.min(perCore * cores, Math.floor(memory / each)));
}
