import assert from "node:assert/strict";
import type { SandboxAws } from "../../../sandbox/aws";
import { snapshotOf } from "../verify/accounts";
import { commands, startDeployed, type Ended } from "./in-process";
import type { Misbehaviour } from "./kinds";

/** Deployed accounts, in which commands run while AWS misbehaves. */
export class UnderFaults {
  private readonly calm = new Map<string, Ended>();
  private readonly restore: () => void;

  private constructor(private readonly aws: SandboxAws) {
    this.restore = snapshotOf(aws);
  }

  /** Has each command come to its end first while nothing is wrong. */
  static async start(): Promise<UnderFaults> {
    const started = new UnderFaults(await startDeployed());
    for (const [name, command] of Object.entries(commands)) {
      const ended = await command(started.aws);
      assert.deepEqual(ended.problems, [], name);
      started.calm.set(name, ended);
      started.restore();
    }
    return started;
  }

  close(): Promise<void> {
    return this.aws.close();
  }

  /** The command is done as if nothing were wrong; or it says what to do, and a repetition is. */
  async holds(
    name: string,
    misbehaviour: Misbehaviour,
    seed: number,
  ): Promise<void> {
    // A few calls may meet nothing from one seed.
    for (let next = seed; next < seed + 10; next += 1) {
      if ((await this.run(name, misbehaviour, next)) > 0) return;
    }
    assert.fail("no fault was met");
  }

  /** @returns how many faults were met */
  private async run(
    name: string,
    { rule, told }: Misbehaviour,
    seed: number,
  ): Promise<number> {
    const { aws } = this;
    const command = commands[name];
    assert(command);
    try {
      aws.faults.set({ seed, rules: [rule] });
      const ended = await command(aws);
      const met = aws.faults.met().length;
      aws.faults.set(undefined);
      if (told === undefined || met === 0) {
        assert.deepEqual(ended, this.calm.get(name));
        return met;
      }
      assert.notDeepEqual(ended.problems, []);
      for (const problem of ended.problems) assert.match(problem, told);
      assert.deepEqual(await command(aws), this.calm.get(name));
      return met;
    } finally {
      aws.faults.set(undefined);
      this.restore();
    }
  }
}

export const titleOf = (
  command: string,
  kind: string,
  { told }: Misbehaviour,
): string =>
  told === undefined
    ? `${command} is done: ${kind}`
    : `${command} says what to do, and a repetition is done: ${kind}`;
