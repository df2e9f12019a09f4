import assert from "node:assert/strict";
import {
  AddUserToGroupCommand,
  GetRoleCommand,
  ListGroupsForUserCommand,
  UpdateAssumeRolePolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import type { Sandbox } from "../../sandbox/sandbox";
import { readStackFile, stackFileText } from "../../sandbox/project";
import type { Stack } from "../../sandbox/stack";
import { signInFirstTime } from "../../sandbox/tour/first-sign-in";
import { isGranted } from "../../sandbox/tour/expected";
import { administratorOf } from "../../sandbox/tour/people";
import { checkEveryAssignment } from "../access/every-assignment";
import { JudgedSandbox, type Judged } from "../policy-pack/engine/judged";
import { deployedRoles, readAccount } from "./account";
import { everydayRoles } from "./deployed/everyday-roles";
import { foreignPolicies } from "./deployed/foreign-policies";

const bastionId = "111111111111";
const devId = "222222222222";
const prodId = "033333333333";

describe("the two stacks, deployed by the real engine", () => {
  let underPack: JudgedSandbox;
  let sandbox: Sandbox;
  let bastion: Stack;
  let workload: Stack;
  const asJudged: Judged[] = [];
  const administrator = (accountId: string): Promise<IAMClient> =>
    administratorOf(sandbox.aws, accountId);

  before(async () => {
    underPack = await JudgedSandbox.start();
    ({ sandbox } = underPack);
    bastion = await sandbox.stack("bastion");
    workload = await sandbox.stack("workload");
    for (const stack of [bastion, workload]) {
      asJudged.push(await underPack.preview(stack), await underPack.up(stack));
    }
  });

  after(async () => {
    await underPack.close();
  });

  const assertPass = ({ code, findings, output }: Judged): void => {
    assert.deepEqual(findings, [], output);
    assert.equal(code, 0, output);
  };

  it("pass under the policy pack, at preview and when they are deployed", () => {
    assert.equal(asJudged.length, 4);
    for (const one of asJudged) assertPass(one);
  });

  it("pass again, and change nothing, when they are deployed a second time", async () => {
    for (const stack of [bastion, workload]) {
      assertPass(await underPack.up(stack, {}, "--expect-no-changes"));
    }
  });

  it("find nothing to refresh", async () => {
    await bastion.refresh("--expect-no-changes");
    await workload.refresh("--expect-no-changes");
  });

  it("open exactly the roles of the stack files, as read back from the accounts", async () => {
    const stackFile = readStackFile("bastion");
    const { users } = await readAccount(
      bastionId,
      await administrator(bastionId),
    );
    assert.deepEqual(
      users.map(({ name }) => name).sort(),
      Object.keys(stackFile.users).sort(),
    );
    for (const [account, accountId] of [
      ["dev", devId],
      ["prod", prodId],
    ] as const) {
      const own = await deployedRoles(sandbox, accountId);
      assert.equal(own.length, 4);
      await checkEveryAssignment(users, own, (user, { name: role }) =>
        isGranted(stackFile, user.name, { account, accountId, role }),
      );
    }
  });

  it("show a trust policy that was changed by hand as drift, and repair it", async () => {
    const iam = await administrator(prodId);
    const trusting = async () => {
      const { Role } = await iam.send(
        new GetRoleCommand({ RoleName: "ReadOnly" }),
      );
      return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
    };
    const before = await trusting();
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "ReadOnly",
        PolicyDocument: before.replace('"true"', '"false"'),
      }),
    );
    const { stdout } = await workload.refresh();
    assert.match(stdout, /prod-ReadOnly.*updated/);
    await workload.up();
    assert.deepEqual(JSON.parse(await trusting()), JSON.parse(before));
  });

  it("take somebody out of a group again who was put into it by hand", async () => {
    const iam = await administrator(bastionId);
    await iam.send(
      new AddUserToGroupCommand({
        GroupName: "team-operations",
        UserName: "chen",
      }),
    );
    await bastion.up("--refresh");
    const { Groups = [] } = await iam.send(
      new ListGroupsForUserCommand({ UserName: "chen" }),
    );
    assert.deepEqual(Groups.map(({ GroupName }) => GroupName).sort(), [
      "bastion-users",
      "team-analysts",
    ]);
  });

  it("remove a user who has a password, an MFA device and an access key", async () => {
    const iam = await administrator(bastionId);
    await signInFirstTime(sandbox.aws, readStackFile("bastion"), iam, "bashir");
    const without = stackFileText("bastion").replace(
      / {4}bashir:\n {6}teams: \[developers\]\n/,
      "",
    );
    assert.notEqual(without, stackFileText("bastion"));
    bastion.writeConfig(without);
    await bastion.up();
    const { users } = await readAccount(bastionId, iam);
    assert.ok(!users.some(({ name }) => name === "bashir"));
    assert.equal(sandbox.aws.cloud.accounts.get(bastionId)?.mfaDevices.size, 0);
  });

  it("touch nothing when the config is wrong, and say all that is", async () => {
    const before = await workload.exported();
    workload.writeConfig(
      stackFileText("workload") +
        "  bastion-account:deployTo: [nowhere]\n  bastion-account:colour: red\n",
    );
    const { code, stdout } = await workload.preview();
    workload.writeConfig(stackFileText("workload"));
    assert.notEqual(code, 0);
    assert.match(stdout, /2 problems; nothing was changed/);
    assert.match(stdout, /deployTo\[0\]/);
    assert.match(stdout, /colour/);
    assert.doesNotMatch(stdout, /\.ts:\d+/);
    assert.equal(await workload.exported(), before);
  });

  it("refuse to deploy where the credentials lead into another account", async () => {
    workload.writeConfig(
      stackFileText("workload") + '  bastion-account:deploymentRole: "none"\n',
    );
    const { code, stdout } = await workload.preview();
    workload.writeConfig(stackFileText("workload"));
    assert.notEqual(code, 0);
    assert.match(stdout, /AWS account ID not allowed: 999999999999/);
  });

  it("take the bastion's account id from its stack when config names it", async () => {
    workload.writeConfig(
      stackFileText("workload") +
        "  bastion-account:bastionStack: organization/bastion-account/bastion\n",
    );
    const { stdout } = await workload.up();
    workload.writeConfig(stackFileText("workload"));
    assert.doesNotMatch(stdout, /aws:iam:\w+ .*(updated|replaced|deleted)/);
  });

  foreignPolicies(() => ({ sandbox, bastion, workload }));
  everydayRoles(() => ({ sandbox, bastion, workload }));

  describe("when they are destroyed", () => {
    it("leave nothing behind", async () => {
      await workload.destroy();
      await bastion.destroy();
      for (const id of [bastionId, devId, prodId]) {
        const account = sandbox.aws.cloud.accounts.get(id);
        assert.deepEqual(
          [account?.users.size, account?.groups.size, account?.policies.size],
          [0, 0, 0],
        );
        assert.deepEqual(
          [...(account?.roles.keys() ?? [])],
          ["OrganizationAccountAccessRole"],
        );
        assert.equal(account?.alias, undefined);
        assert.equal(account?.passwordPolicy, undefined);
      }
    });
  });
});
