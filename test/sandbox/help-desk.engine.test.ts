import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expectedAccess } from "../../commands/verify/expected";
import {
  readBastionConfig,
  readWorkloadConfigs,
} from "../../commands/bastion-config";
import { checkout } from "../../sandbox/engine/paths";
import { underPolicyPack } from "../../sandbox/policy-pack";
import { stackFileText } from "../../sandbox/project";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import type { Stack } from "../../sandbox/stack";
import { administratorOf } from "../../sandbox/tour/people";
import { verified, wrongIn } from "../commands/verify/accounts";

const bastionId = "111111111111";

/** The committed stack with a team that helps, which is Chen's. */
const stackFile = stackFileText("bastion")
  .replace("teams: [analysts]", "teams: [support]")
  .replace("    analysts:\n", "    support: { grants: [] }\n    analysts:\n")
  .concat("  bastion-account:helpDesk: { team: support }\n");
const promoted = stackFile.replace(
  "teams: [developers]",
  "teams: [developers, operations]",
);

describe("a help desk, deployed under the policy pack", () => {
  let sandbox: Sandbox;
  let bastion: Stack;
  let rules: string;

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    rules = join(sandbox.workspace.folder, "rules.json");
    const administratorRoles = ["OpsSudo", "HelpDesk"];
    writeFileSync(
      rules,
      JSON.stringify({ organisation: { administratorRoles } }),
    );
    bastion = await sandbox.stack("bastion", stackFile);
    const workload = await sandbox.stack("workload");
    await workload.up();
  });

  after(() => sandbox.close());

  const deskTagOf = async (UserName: string) => {
    const iam = await administratorOf(sandbox.aws, bastionId);
    const { Tags = [] } = await iam.listUserTags({ UserName });
    return Tags.find(({ Key }) => Key === "help-desk")?.Value;
  };

  it("is stopped by the pack until its config names the role, since the role changes IAM", async () => {
    const { code, stdout } = await bastion.preview({}, ...underPolicyPack);
    assert.notEqual(code, 0, stdout);
    assert.match(stdout, /iam-power-is-guarded/);
    assert.match(stdout, /HelpDesk can change IAM/);
    assert.match(stdout, /administratorRoles/);
  });

  it("is deployed with that, tags those whom it may help, and is all that verify expects", async () => {
    await bastion.up(...underPolicyPack, "--policy-pack-config", rules);
    assert.equal(await deskTagOf("bashir"), "may-help");
    for (const other of ["ada", "chen", "dolores"]) {
      assert.equal(await deskTagOf(other), undefined, other);
    }
    assert.deepEqual(await found(stackFile), []);
  });

  it("loses a user in the deployment that makes an administrator of them", async () => {
    bastion.writeConfig(promoted);
    await bastion.up(...underPolicyPack, "--policy-pack-config", rules);
    assert.equal(await deskTagOf("bashir"), undefined);
    assert.deepEqual(await found(promoted), []);
  });

  it("shows in verify who has its tag by another hand, and who came into its team", async () => {
    const iam = await administratorOf(sandbox.aws, bastionId);
    await iam.tagUser({
      UserName: "ada",
      Tags: [{ Key: "help-desk", Value: "may-help" }],
    });
    await iam.addUserToGroup({ UserName: "bashir", GroupName: "team-support" });
    const messages = (await found(promoted)).join("\n");
    assert.match(messages, /the tag help-desk of ada/);
    // The tag takes from an administrator what it would put at the help desk's mercy.
    assert.match(messages, /OpsSudo in dev is granted to ada, and closed/);
    assert.match(messages, /HelpDesk in bastion opens to bashir/);
    await bastion.up("--refresh");
    assert.deepEqual(await found(promoted), []);
  });

  async function found(text: string): Promise<readonly string[]> {
    const folder = join(sandbox.workspace.folder, "read");
    mkdirSync(folder, { recursive: true });
    for (const file of ["Pulumi.yaml", "Pulumi.workload.yaml"]) {
      copyFileSync(join(checkout, file), join(folder, file));
    }
    writeFileSync(join(folder, "Pulumi.bastion.yaml"), text);
    const project = { folder, stack: "bastion" };
    const config = readBastionConfig(project);
    const workloads = readWorkloadConfigs(project, config);
    const expected = expectedAccess(config, workloads);
    const knownAccounts = [sandbox.aws.cloud.managementAccountId];
    const report = await verified(sandbox.aws, expected, { knownAccounts });
    return wrongIn(report).map(({ message }) => message);
  }
});
