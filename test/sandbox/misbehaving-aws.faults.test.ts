import assert from "node:assert/strict";
import type { FaultRule } from "../../sandbox/aws/faults/settings";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import { PulumiError, type Stack } from "../../sandbox/stack";
import { seed } from "../run/property-tests";

/** What `up` gets over by itself. */
const passing: Readonly<Record<string, FaultRule>> = {
  "latency as AWS's": { kind: "slow", rate: 1, milliseconds: 150 },
  throttling: { kind: "throttling", rate: 0.05 },
  "internal failures": { kind: "internal-failure", rate: 0.1 },
  "an unavailable service": { kind: "service-unavailable", rate: 0.1 },
  "connections that end before": { kind: "dropped-before", rate: 0.1 },
  "answers of reads that are cut off": {
    kind: "cut-answer",
    rate: 0.1,
    of: ({ isChange }) => !isChange,
  },
  "reads of what was": { kind: "stale", rate: 1, behind: { seconds: 2 } },
};

/**
 * Something is seen, and then not seen again: the provider waits until it has seen once what it made, and
 * what comes after may not find it.
 */
const backAndForth: FaultRule = {
  kind: "stale",
  rate: 0.5,
  behind: { seconds: 2 },
};

/** What ends an `up`, and what it says then. */
const ending: Readonly<Record<string, readonly [FaultRule, RegExp]>> = {
  "a session that expires": [
    { kind: "expired-session", afterCalls: 30 },
    /ExpiredToken: The security token included in the request is expired/,
  ],
  "a denial in the middle": [
    { kind: "denial", afterCalls: 40, actions: ["iam:*"] },
    /AccessDenied: .* with an explicit deny in a service control policy/,
  ],
};

describe("deployments, with an AWS that misbehaves", () => {
  let sandbox: Sandbox;
  let stacks: readonly Stack[];

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    stacks = [await sandbox.stack("bastion"), await sandbox.stack("workload")];
  });
  afterEach(async () => {
    sandbox.aws.faults.set(undefined);
    for (const stack of stacks.toReversed()) {
      await stack.refresh();
      await stack.destroy();
    }
  });
  after(() => sandbox.close());

  const misbehave = (rule: FaultRule) => {
    sandbox.aws.faults.set({ seed, rules: [rule] });
  };
  /** Both stacks are as declared, and nothing is left to do. */
  const isDone = async () => {
    sandbox.aws.faults.set(undefined);
    // A state that was read too early is put right by the first.
    for (const stack of stacks) await stack.up("--refresh");
    for (const stack of stacks) await stack.up("--expect-no-changes");
  };

  for (const [kind, rule] of Object.entries(passing)) {
    it(`are done: ${kind}`, async () => {
      for (const stack of stacks) {
        misbehave(rule);
        await stack.up();
        assert.notEqual(sandbox.aws.faults.met().length, 0);
      }
      await isDone();
    });
  }

  it("are done, or say what was not found, and a repetition is done: reads that go back and forth", async () => {
    misbehave(backAndForth);
    for (const stack of stacks) {
      await stack.up().catch((error: unknown) => {
        assert(error instanceof PulumiError);
        assert.match(
          error.message,
          /error: NoSuchEntity: The \w+ with name \S+ cannot be found/,
        );
      });
    }
    assert.notEqual(sandbox.aws.faults.met().length, 0);
    sandbox.aws.faults.set(undefined);
    for (const stack of stacks) await stack.up();
    await isDone();
  });

  for (const [kind, [rule, told]] of Object.entries(ending)) {
    it(`say what happened, and a repetition is done: ${kind}`, async () => {
      misbehave(rule);
      const [bastion] = stacks;
      assert(bastion);
      await assert.rejects(bastion.up(), (error) => {
        assert(error instanceof PulumiError);
        assert.match(error.message, told);
        return true;
      });
      sandbox.aws.faults.set(undefined);
      for (const stack of stacks) await stack.up();
      await isDone();
    });
  }
});
