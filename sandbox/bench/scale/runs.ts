import { underPolicyPackFor } from "../../policy-pack";
import type { Sandbox } from "../../sandbox";
import { measure, type Measurement } from "../measure";
import {
  accountCounts,
  accountsOfSize,
  bastionOfUsers,
  userCounts,
  workloadOfAccounts,
} from "./sizes";

/** What each run took, by how many accounts or users there were. */
export type ByCount = ReadonlyMap<number, readonly Measurement[]>;

/** Told after each run. */
type Progress = (what: string, measured: Measurement) => void;

/**
 * Deploys stacks of one account each under the policy pack; the numbers of accounts take turns.
 *
 * @param most how many stacks there are at most of each number of accounts
 */
export function measureAccounts(
  sandbox: Sandbox,
  most: number,
  progress: Progress,
): Promise<ByCount> {
  const files = byCount(accountCounts, workloadOfAccounts);
  return inTurns(accountCounts, most, async (count, turn) => {
    const account = accountsOfSize(count)[turn];
    const file = files.get(count);
    if (account === undefined || file === undefined) return undefined;
    const stack = await sandbox.stack(`workload-${account.name}`, file.text);
    const pack = underPolicyPackFor(file, sandbox.workspace.folder);
    const measured = await measure(() => stack.up(...pack));
    progress(stack.name, measured);
    return measured;
  });
}

/** Previews the bastion under the policy pack so many times; the numbers of users take turns. */
export async function measureUsers(
  sandbox: Sandbox,
  times: number,
  progress: Progress,
): Promise<ByCount> {
  const files = byCount(userCounts, bastionOfUsers);
  const stack = await sandbox.stack("bastion");
  return inTurns(userCounts, times, async (count) => {
    const file = files.get(count);
    if (file === undefined) return undefined;
    stack.writeConfig(file.text);
    const pack = underPolicyPackFor(file, sandbox.workspace.folder);
    const measured = await measure(() => stack.preview({}, ...pack));
    progress(`bastion of ${count} users`, measured);
    return measured;
  });
}

const byCount = <Value>(
  counts: readonly number[],
  make: (count: number) => Value,
): ReadonlyMap<number, Value> =>
  new Map(counts.map((count) => [count, make(count)]));

/** Nothing where a number has no further run. */
type MeasureOne = (
  count: number,
  turn: number,
) => Promise<Measurement | undefined>;

async function inTurns(
  counts: readonly number[],
  times: number,
  measureOne: MeasureOne,
): Promise<ByCount> {
  const results = new Map<number, Measurement[]>();
  for (let turn = 0; turn < times; turn += 1) {
    for (const count of counts) {
      const measured = await measureOne(count, turn);
      if (measured === undefined) continue;
      results.set(count, [...(results.get(count) ?? []), measured]);
    }
  }
  return results;
}
