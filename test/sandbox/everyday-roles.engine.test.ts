import assert from "node:assert/strict";
import { stackFileText } from "../../sandbox/project";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import type { Stack } from "../../sandbox/stack";
import { signInFirstTime } from "../../sandbox/tour/first-sign-in";
import type { SignedInUser } from "../../sandbox/tour/matrix";
import { administratorOf } from "../../sandbox/tour/people";
import { readStackFile } from "../../sandbox/project";

const dev = "222222222222";
const prod = "033333333333";

/** As CDK's bootstrap makes them: who takes it, its account's identity policies say. */
const leftToTheAccount = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${dev}:root` },
      Action: "sts:AssumeRole",
    },
  ],
});
const cdkRole = `cdk-hnb659fds-deploy-role-${dev}-us-east-1`;

describe("the roles of every day, in a deployed account", () => {
  let sandbox: Sandbox;
  let workload: Stack;
  let ada: SignedInUser;

  const powerUser = () => ada.person.takeRole(ada.withMfa, dev, "PowerUser");
  const opened = async (role: string) =>
    ada.person.takeRole(await powerUser(), dev, role);

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    const bastion = await sandbox.stack("bastion");
    workload = await sandbox.stack("workload");
    await bastion.up();
    await workload.up();
    const file = readStackFile("bastion");
    const inBastion = await administratorOf(sandbox.aws, file.bastionAccountId);
    const { user } = await signInFirstTime(sandbox.aws, file, inBastion, "ada");
    ada = user;
    const inDev = await administratorOf(sandbox.aws, dev);
    for (const RoleName of [cdkRole, "legacy-admin"]) {
      await inDev.createRole({
        RoleName,
        AssumeRolePolicyDocument: leftToTheAccount,
      });
      await inDev.attachRolePolicy({
        RoleName,
        PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      });
    }
  });

  after(async () => {
    await sandbox.close();
  });

  it("keep PowerUser out of what trusts the account's root, as CDK's roles do", async () => {
    for (const role of [cdkRole, "legacy-admin"]) {
      await assert.rejects(opened(role), { name: "AccessDenied" });
    }
  });

  it("let PowerUser into those that config names, and into no other", async () => {
    workload.writeConfig(
      `${stackFileText("workload")}  bastion-account:roles:
    PowerUser: { assumableRoles: ["cdk-hnb659fds-*"] }
`,
    );
    await workload.up();
    assert.ok((await opened(cdkRole)).sessionToken);
    await assert.rejects(opened("legacy-admin"), { name: "AccessDenied" });
  });

  it("show everybody what production has, and not what it holds", async () => {
    const iam = await administratorOf(sandbox.aws, prod);
    const { AttachedPolicies: attached = [] } =
      await iam.listAttachedRolePolicies({ RoleName: "ReadOnly" });
    assert.deepEqual(attached.map(({ PolicyName }) => PolicyName).sort(), [
      "SecurityAudit",
      "ViewOnlyAccess",
    ]);
  });
});
