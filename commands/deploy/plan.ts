import { refuseUnknownNames } from "../command-line/names";
import { fewOf } from "../formats/few-of";
import type { WorkloadStack } from "../workload-stacks";

/** A stack to deploy, and the accounts that it builds, by their names in the config. */
export interface StackToDeploy {
  readonly name: string;
  readonly accounts: readonly string[];
}

/** The bastion first, and the workload stacks side by side when it is done. */
export interface DeploymentPlan {
  /** undefined: it is none of this project's, or not among those that were asked for. */
  readonly bastion: string | undefined;
  readonly workloads: readonly StackToDeploy[];
}

export interface Asked {
  /** undefined: the project has no bastion stack. */
  readonly bastion: string | undefined;
  readonly workloads: readonly WorkloadStack[];
  /** Names of stacks and accounts; empty: all. */
  readonly only: readonly string[];
}

/**
 * @throws UsageError for a name in `only` that nothing has
 * @throws Error when two stacks build the same account
 */
export function planDeployment({
  bastion,
  workloads,
  only,
}: Asked): DeploymentPlan {
  refuseSharedAccounts(workloads);
  const all = workloads.map(({ name, config }) => ({
    name,
    accounts: config.accounts.map((account) => account.name),
  }));
  refuseUnknownNames({
    option: "only",
    names: only,
    what: "stack, and no account that a stack builds",
    known: [
      ...(bastion === undefined ? [] : [bastion]),
      ...all.flatMap(({ name, accounts }) => [name, ...accounts]),
    ],
  });
  const isAsked = ({ name, accounts }: StackToDeploy): boolean =>
    only.length === 0 ||
    only.includes(name) ||
    accounts.some((account) => only.includes(account));
  return {
    bastion:
      bastion !== undefined && isAsked({ name: bastion, accounts: [] })
        ? bastion
        : undefined,
    workloads: all.filter(isAsked),
  };
}

/** Said before anything is begun: npm keeps an `--only` that does not stand behind " -- ", and tells nobody. */
export function planText(
  command: string,
  { bastion, workloads }: DeploymentPlan,
  all: number,
): string {
  const names = [
    ...(bastion === undefined ? [] : [bastion]),
    ...workloads.map(({ name }) => name),
  ];
  if (names.length < all) {
    return `${names.length} of ${all} stacks: ${fewOf(names)}.`;
  }
  if (all === 1) return `The project's only stack: ${names.join()}.`;
  const first = bastion === undefined ? "" : ", the bastion first";
  return `All ${all} stacks${first}. For some of them: npm run ${command} -- --only <names>`;
}

/** They would make the same roles, and the second would fail, or undo what the first has made. */
function refuseSharedAccounts(workloads: readonly WorkloadStack[]): void {
  const builtBy = new Map<string, string>();
  const shared: string[] = [];
  for (const { name, config } of workloads) {
    for (const account of config.accounts) {
      const other = builtBy.get(account.id);
      builtBy.set(account.id, other ?? name);
      if (other === undefined) continue;
      shared.push(`the account ${account.name} by ${other} and ${name}`);
    }
  }
  if (shared.length === 0) return;
  throw new Error(
    `two stacks build the same account: ${shared.join("; ")}. Fix: leave it out of deployTo in the file of one of them, or delete the file of the stack that is to build it no more.`,
  );
}
