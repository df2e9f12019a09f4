import assert from "node:assert/strict";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import { administer, forbid } from "./aws/organizations";

const prodId = "033333333333";

describe("a deployment that a service control policy denies in the middle", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    await (await sandbox.stack("bastion")).up();
  });
  after(() => sandbox.close());

  it("says which call of which role, and is finished once the policy is gone", async () => {
    const workload = await sandbox.stack("workload");
    const { PolicyId, arn } = await forbid(
      sandbox.aws,
      prodId,
      "iam:AttachRolePolicy",
    );
    await assert.rejects(workload.up(), (error) => {
      assert(error instanceof Error);
      const [line = ""] =
        /User: .* is not authorized to perform: .*/.exec(error.message) ?? [];
      assert.match(
        line,
        /perform: iam:AttachRolePolicy on resource: \S+:role\//,
      );
      assert.match(line, new RegExp(`^User: arn:aws:sts::${prodId}:`));
      assert(
        line.includes(
          `with an explicit deny in a service control policy: ${arn}`,
        ),
        line,
      );
      return true;
    });
    const made = await workload.exported();
    assert.match(made, /dev-PowerUser/);
    await administer(sandbox.aws, "DetachPolicy", {
      PolicyId,
      TargetId: prodId,
    });
    await workload.up();
    await workload.up("--expect-no-changes");
    await workload.refresh("--expect-no-changes");
  });
});
