import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expectedAccess } from "../../commands/verify/expected";
import {
  readBastionConfig,
  readWorkloadConfigs,
} from "../../commands/bastion-config";
import { checkout } from "../../sandbox/engine/paths";
import { confirmMails, readMails } from "../../sandbox/aws/mail-client";
import { underPolicyPack } from "../../sandbox/policy-pack";
import { readStackFile, stackFileText } from "../../sandbox/project";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import type { Stack } from "../../sandbox/stack";
import { signInFirstTime } from "../../sandbox/tour/first-sign-in";
import {
  administratorOf,
  clientConfig,
  Person,
} from "../../sandbox/tour/people";
import { verified, wrongIn } from "../commands/verify/accounts";

const bastionId = "111111111111";

const watcher = "watcher@example.org";

/** The committed stack with a team that helps, which is Chen's. */
const stackFile = stackFileText("bastion")
  .replace("teams: [analysts]", "teams: [support]")
  .replace("    analysts:\n", "    support: { grants: [] }\n    analysts:\n")
  .concat(
    "  bastion-account:helpDesk: { team: support }\n",
    `  bastion-account:breakGlassAlarm: { enabled: true, emails: ["${watcher}"] }\n`,
  );
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

  it("is told of in the bastion's alarm by each help, and by each attempt that is refused", async () => {
    const { aws } = sandbox;
    await confirmMails(aws.endpoint, watcher);
    const iam = await administratorOf(aws, bastionId);
    const stack = readStackFile("bastion");
    const { user } = await signInFirstTime(aws, stack, iam, "chen");
    const role = await user.person.takeRole(
      user.withMfa,
      bastionId,
      "HelpDesk",
    );
    const help = new IAM(clientConfig(aws, role));
    const bashir = new Person(aws, bastionId, "bashir");
    await bashir.receivePassword(help);
    await bashir.enrolMfa(await bashir.signInFirst());
    await assert.rejects(
      new Person(aws, bastionId, "ada").receivePassword(help),
      { name: "AccessDenied" },
    );
    const told = (await readMails(aws.endpoint, watcher))
      .map(({ text }) => text)
      .filter((text) => text.includes("CreateLoginProfile"));
    assert.equal(told.length, 2, told.join("\n"));
    for (const text of told) {
      assert.match(text, /IAM was changed.*HelpDesk\/chen/);
    }
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
