import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ManyAccounts } from "./many-accounts";

/** It takes an export of each of fifty stacks to find the one. */
describe("npm run deploy, where one state of fifty is cut", () => {
  it("names the stack whose state can't be read, since Pulumi lists none then", async () => {
    const project = await ManyAccounts.start({
      absent: "network",
      alarm: "{}",
    });
    const state = project.stateFile("workload-shop-stage");
    mkdirSync(dirname(state), { recursive: true });
    writeFileSync(state, '{"version":3,"checkpoint":{"stack":"organ');
    const { code, stdout, stderr } = await project.npm(
      "deploy",
      "--only",
      "network",
    );
    await project.close();
    assert.equal(code, 2, stdout);
    assert.match(
      stderr,
      /The state of workload-shop-stage can't be read\. Fix: npm run recover -- --stack workload-shop-stage;/,
    );
  });
});
