import assert from "node:assert/strict";
import { readStackFile, stackFileText } from "../../../sandbox/project";
import type { Sandbox } from "../../../sandbox/sandbox";
import type { Stack } from "../../../sandbox/stack";
import { signInFirstTime } from "../../../sandbox/tour/first-sign-in";
import type { SignedInUser } from "../../../sandbox/tour/matrix";
import { administratorOf } from "../../../sandbox/tour/people";
import type { Deployed } from "./deployed";

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
const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
const cdkRole = `cdk-hnb659fds-deploy-role-${dev}-us-east-1`;

/** Leaves a role of the workload stack with other settings. */
export const everydayRoles = (deployed: () => Deployed): void => {
  describe("have roles of every day, which", () => {
    let sandbox: Sandbox;
    let workload: Stack;
    let ada: SignedInUser;

    const powerUser = () => ada.person.takeRole(ada.withMfa, dev, "PowerUser");
    const opened = async (role: string) =>
      ada.person.takeRole(await powerUser(), dev, role);

    before(async () => {
      ({ sandbox, workload } = deployed());
      const file = readStackFile("bastion");
      const inBastion = await administratorOf(
        sandbox.aws,
        file.bastionAccountId,
      );
      const { user } = await signInFirstTime(
        sandbox.aws,
        file,
        inBastion,
        "ada",
      );
      ada = user;
      const inDev = await administratorOf(sandbox.aws, dev);
      for (const RoleName of [cdkRole, "legacy-admin"]) {
        await inDev.createRole({
          RoleName,
          AssumeRolePolicyDocument: leftToTheAccount,
        });
        await inDev.attachRolePolicy({ RoleName, PolicyArn });
      }
    });

    after(async () => {
      const inDev = await administratorOf(sandbox.aws, dev);
      for (const RoleName of [cdkRole, "legacy-admin"]) {
        await inDev.detachRolePolicy({ RoleName, PolicyArn });
        await inDev.deleteRole({ RoleName });
      }
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
};
