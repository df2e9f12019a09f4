import { join } from "node:path";
import { underPolicyPackFor } from "../../policy-pack";
import { readStackFile } from "../../project";
import type { Sandbox } from "../../sandbox";
import { measure, type Measurement } from "../measure";
import {
  accountCounts,
  accountsOfSize,
  BastionOfUsers,
  userCounts,
  workloadOfAccounts,
  type ScaledFile,
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
  const files = new Map<number, ScaledFile>(
    accountCounts.map((count) => [count, workloadOfAccounts(count)]),
  );
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
  const { folder } = sandbox.workspace;
  const project = new BastionOfUsers(join(folder, "users"));
  const stack = await sandbox.stack("bastion", project.text, project.folder);
  const pack = underPolicyPackFor(readStackFile("bastion"), folder);
  return inTurns(userCounts, times, async (count) => {
    project.putUsers(count);
    const measured = await measure(() => stack.preview({}, ...pack));
    progress(`bastion of ${count} users`, measured);
    return measured;
  });
}

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
