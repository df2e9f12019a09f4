import { namedAccount } from "../../infra/config/stack-kind";
import type { WorkloadStack } from "../workload-stacks";

/** A deployed stack named for an account, which the config does not build by it any more. */
export interface LeftStack {
  readonly name: string;
  readonly account: string;
  /** Whether the config has an account of that name. */
  readonly isKnown: boolean;
  /** The stack that builds that account; undefined: none, as `deployTo` may say. */
  readonly builtBy: string | undefined;
}

/**
 * @param deployed names of stacks that have resources
 * @param accounts all that the config has, built by a stack or not
 */
export function leftStacks(
  deployed: readonly string[],
  workloads: readonly WorkloadStack[],
  accounts: readonly string[],
): readonly LeftStack[] {
  const planned = new Set(workloads.map(({ name }) => name));
  return deployed.flatMap((name): readonly LeftStack[] => {
    const account = namedAccount(name);
    if (account === undefined || planned.has(name)) return [];
    const builder = workloads.find(({ config }) =>
      config.accounts.some((one) => one.name === account),
    );
    const isKnown = accounts.includes(account);
    return [{ name, account, isKnown, builtBy: builder?.name }];
  });
}

/** What such a stack may hold is somebody's roles: none is to be destroyed by mistake. */
export function leftStackText({
  name,
  account,
  isKnown,
  builtBy,
}: LeftStack): string {
  if (builtBy !== undefined) {
    return `${name} is deployed, and the config has ${builtBy} build ${account}: it was not touched, and may hold the account's roles. Fix: npm run preview without --only tells what to move; see docs/many-accounts.md`;
  }
  return isKnown
    ? `${name} is deployed, and deployTo leaves ${account} out: it was not touched, and the account keeps its roles`
    : `${name} is deployed, and the config has no account ${account}: it was not touched, and the account keeps its roles. Fix: write it into accounts again; or, if nobody is to get in there any more, pulumi destroy --stack ${name}`;
}
