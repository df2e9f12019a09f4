import assert from "node:assert/strict";
import {
  leftStacks,
  leftStackText,
} from "../../../commands/deploy/left-stacks";
import type { WorkloadStack } from "../../../commands/workload-stacks";
import { parseConfig } from "../../../infra/config";

const ids = { dev: "222222222222", prod: "033333333333" };

const stackOf = (name: string, deployTo: readonly string[]): WorkloadStack => {
  const config = parseConfig({
    values: {
      stack: "workload",
      bastionAccountId: "111111111111",
      accounts: JSON.stringify({
        dev: { id: ids.dev },
        prod: { id: ids.prod },
      }),
      deployTo: JSON.stringify(deployTo),
    },
    secretKeys: new Set(),
  });
  assert.equal(config.stack, "workload");
  return { name, config };
};

describe("a deployed stack that the config does not build", () => {
  const told = (
    deployed: readonly string[],
    workloads: readonly WorkloadStack[],
  ) =>
    leftStacks(deployed, workloads, ["dev", "prod"]).map((left) =>
      leftStackText(left),
    );

  it("is none that it does build, nor one that is named for no account", () => {
    const one = stackOf("workload-dev", ["dev"]);
    assert.deepEqual(told(["workload-dev", "bastion", "workload"], [one]), []);
  });

  it("may hold the roles of an account that another stack builds", () => {
    const [text = ""] = told(["workload-dev"], [stackOf("workload", [])]);
    assert.match(text, /the config has workload build dev/);
    assert.doesNotMatch(text, /destroy/);
  });

  it("keeps an account's roles that deployTo leaves out", () => {
    const [text = ""] = told(["workload-dev"], [stackOf("workload", ["prod"])]);
    assert.match(text, /deployTo leaves dev out/);
    assert.doesNotMatch(text, /destroy/);
  });

  it("keeps the roles of an account that is no longer in the config", () => {
    const [text = ""] = told(["workload-old"], [stackOf("workload", [])]);
    assert.match(text, /no account old.*pulumi destroy --stack workload-old$/);
  });
});
