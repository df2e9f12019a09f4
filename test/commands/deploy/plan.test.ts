import assert from "node:assert/strict";
import { UsageError } from "../../../commands/command-line/options";
import { chunksOf } from "../../../commands/deploy/matrix";
import { planDeployment, planText } from "../../../commands/deploy/plan";
import type { WorkloadStack } from "../../../commands/workload-stacks";
import { workloadConfig } from "../../infra/config-of";

const accounts = { dev: 2, stage: 4, prod: 3 } as const;
type Account = keyof typeof accounts;

const stack = (name: string, ...built: readonly Account[]): WorkloadStack => ({
  name,
  config: workloadConfig(
    `bastionAccountId: "111111111111"\naccounts: { ${built
      .map((one) => `${one}: { id: "${String(accounts[one]).repeat(12)}" }`)
      .join(", ")} }`,
  ),
});

const eachAlone = [
  stack("workload-dev", "dev"),
  stack("workload-stage", "stage"),
  stack("workload-prod", "prod"),
];
const mixed = [
  stack("workload", "dev", "stage"),
  stack("workload-prod", "prod"),
];

/** What is deployed of which stacks, when these names are asked for. */
const planned: readonly (readonly [
  workloads: readonly WorkloadStack[],
  only: readonly string[],
  stacks: readonly string[],
])[] = [
  [
    eachAlone,
    [],
    ["bastion", "workload-dev", "workload-stage", "workload-prod"],
  ],
  [eachAlone, ["dev", "prod"], ["workload-dev", "workload-prod"]],
  [eachAlone, ["bastion"], ["bastion"]],
  [eachAlone, ["bastion", "workload-stage"], ["bastion", "workload-stage"]],
  [mixed, [], ["bastion", "workload", "workload-prod"]],
  [mixed, ["dev"], ["workload"]],
  [mixed, ["stage", "dev"], ["workload"]],
];

describe("what is deployed", () => {
  for (const [workloads, only, stacks] of planned) {
    it(`is ${stacks.join(", ")}, where ${only.join(", ") || "all"} of ${workloads.length} is asked for`, () => {
      const plan = planDeployment({ bastion: "bastion", workloads, only });
      const names = plan.workloads.map(({ name }) => name);
      assert.deepEqual(
        plan.bastion === undefined ? names : [plan.bastion, ...names],
        stacks,
      );
    });
  }

  it("is no bastion where the project has none", () => {
    const asked = { bastion: undefined, workloads: mixed };
    assert.equal(planDeployment({ ...asked, only: [] }).bastion, undefined);
    assert.throws(
      () => planDeployment({ ...asked, only: ["bastion"] }),
      UsageError,
    );
  });

  it("is refused for a name that neither a stack nor an account has", () => {
    assert.throws(
      () =>
        planDeployment({
          bastion: "bastion",
          workloads: mixed,
          only: ["dev", "stagee"],
        }),
      /--only "stagee" names no stack, and no account .*; the nearest is stage/,
    );
  });

  it("is refused where two stacks build one account, whatever is asked for", () => {
    const workloads = [...mixed, stack("workload-eu", "prod", "dev")];
    assert.throws(
      () => planDeployment({ bastion: "bastion", workloads, only: ["stage"] }),
      (error: Error) => {
        assert.match(error.message, /prod by workload-prod and workload-eu/);
        assert.match(error.message, /dev by workload and workload-eu/);
        assert.match(error.message, /Fix: /);
        return true;
      },
    );
  });
});

describe("what is said before a deployment begins", () => {
  const workloads = eachAlone;
  const said = (bastion: string | undefined, only: readonly string[]) =>
    planText("deploy", planDeployment({ bastion, workloads, only }), 4);

  it("is that all stacks are meant, since npm keeps --only for itself", () => {
    assert.equal(
      said("bastion", []),
      "All 4 stacks, the bastion first. For some of them: npm run deploy -- --only <names>",
    );
  });

  it("is which of them, where some are asked for", () => {
    assert.equal(
      said("bastion", ["dev", "bastion"]),
      "2 of 4 stacks: bastion, workload-dev.",
    );
  });

  it("is the one that there is", () => {
    const plan = { bastion: "bastion", workloads: [] };
    assert.equal(
      planText("preview", plan, 1),
      "The project's only stack: bastion.",
    );
  });

  it("names no bastion that the project does not have", () => {
    const plan = planDeployment({ bastion: undefined, workloads, only: [] });
    assert.match(planText("deploy", plan, 3), /^All 3 stacks\. For some/);
  });
});

describe("the jobs of a pipeline", () => {
  const some = (count: number) => ({
    workloads: Array.from({ length: count }, (_, index) => ({
      name: `workload-a${index}`,
      accounts: [`a${index}`],
    })),
  });
  /** Stacks, jobs that there may be, and how many stacks each has. */
  const cases: readonly (readonly [number, number, readonly number[]])[] = [
    [0, 256, []],
    [1, 256, [1]],
    [3, 256, [1, 1, 1]],
    [256, 256, Array.from({ length: 256 }, () => 1)],
    [257, 256, [...Array.from({ length: 128 }, () => 2), 1]],
    [1_000, 256, Array.from({ length: 250 }, () => 4)],
    [5, 2, [3, 2]],
    [5, 1, [5]],
  ];
  for (const [stacks, jobs, sizes] of cases) {
    it(`are ${sizes.length} for ${stacks} stacks, if there may be ${jobs}`, () => {
      const plan = some(stacks);
      const chunks = chunksOf(plan, jobs);
      assert.deepEqual(
        chunks.map(({ only }) => only.split(",").length),
        sizes,
      );
      assert.deepEqual(
        chunks.flatMap(({ only }) => only.split(",")),
        plan.workloads.map(({ name }) => name),
      );
    });
  }

  it("have the name of the stack, or of the first and how many more", () => {
    assert.deepEqual(
      chunksOf(some(3), 2).map(({ name }) => name),
      ["workload-a0 and 1 more", "workload-a2"],
    );
  });
});
