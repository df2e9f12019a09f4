import assert from "node:assert/strict";
import type { IAM } from "@aws-sdk/client-iam";
import { administratorOf } from "../../../sandbox/tour/people";
import { bastionId } from "../../commands/verify/accounts";
import { bastionConfig } from "../../infra/config-of";
import { startWithAccounts } from "../made-accounts";
import { Observer } from "./observed";
import { Safety } from "./safety";

const devId = "222222222222";
const config = bastionConfig(`
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${devId}" } }
everybody: [{ roles: [ReadOnly], accounts: all }]
teams: { operations: { grants: [{ roles: [OpsSudo], accounts: all }] } }
users: { ada: { teams: [operations] }, bashir: , chen: { consoleAccess: false } }
helpDesk: { team: operations }
`);

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

type Clients = Readonly<Record<"bastion" | "dev", IAM>>;

/** What goes wrong on the way, and is as before at the end. */
const faults: readonly {
  readonly what: string;
  readonly found: RegExp;
  readonly steps: (clients: Clients) => Promise<unknown>;
}[] = [
  {
    what: "a role that is open without MFA",
    found: /role\/ReadOnly without MFA: open/,
    steps: async ({ dev }) => {
      const RoleName = "ReadOnly";
      const { Role } = await dev.getRole({ RoleName });
      const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
      const open = trust
        .replace(
          '"aws:MultiFactorAuthPresent":"true"',
          '"aws:SecureTransport":"true"',
        )
        .replace(/"NumericLessThan":\{[^}]*\},/, "");
      for (const PolicyDocument of [open, trust])
        await dev.updateAssumeRolePolicy({ RoleName, PolicyDocument });
    },
  },
  {
    what: "a user who may do more",
    found: /^bashir may do more: :action/,
    steps: async ({ bastion }) => {
      const policy = { UserName: "bashir", PolicyArn: administrator };
      await bastion.attachUserPolicy(policy);
      await bastion.detachUserPolicy(policy);
    },
  },
  {
    what: "a user who gets into a role",
    found: /^chen in \S+role\/OpsSudo/,
    steps: async ({ bastion }) => {
      const member = { UserName: "chen", GroupName: "team-operations" };
      await bastion.addUserToGroup(member);
      await bastion.removeUserFromGroup(member);
    },
  },
  {
    what: "a role that gives its users more",
    found: /^ada in \S+role\/ReadOnly/,
    steps: async ({ dev }) => {
      const policy = { RoleName: "ReadOnly", PolicyArn: administrator };
      await dev.attachRolePolicy(policy);
      await dev.detachRolePolicy(policy);
    },
  },
  {
    what: "a user in a group that gives something, without the guard",
    found: /^bashir is in bastion-users without the guard/,
    steps: async ({ bastion }) => {
      const guard = { GroupName: "bastion-users", PolicyName: "mfa-guard" };
      const { PolicyDocument = "" } = await bastion.getGroupPolicy(guard);
      await bastion.deleteGroupPolicy(guard);
      await bastion.putGroupPolicy({
        ...guard,
        PolicyDocument: decodeURIComponent(PolicyDocument),
      });
    },
  },
  {
    what: "nobody who reaches OpsSudo",
    found: /^nobody reaches \S+role\/OpsSudo/,
    steps: async ({ bastion }) => {
      const member = { UserName: "ada", GroupName: "team-operations" };
      await bastion.removeUserFromGroup(member);
      await bastion.addUserToGroup(member);
    },
  },
  {
    what: "an administrator whom the help desk helps",
    found: /^ada, whom the help desk helps, reaches/,
    steps: async ({ bastion }) => {
      const group = { GroupName: "team-operations", PolicyName: "roles" };
      const { PolicyDocument = "" } = await bastion.getGroupPolicy(group);
      const text = decodeURIComponent(PolicyDocument);
      const open = text.replace(/,"Null":\{[^}]*\}/g, "");
      const UserName = "ada";
      const Key = "help-desk";
      await bastion.putGroupPolicy({ ...group, PolicyDocument: open });
      await bastion.tagUser({ UserName, Tags: [{ Key, Value: "may-help" }] });
      await bastion.untagUser({ UserName, TagKeys: [Key] });
      await bastion.putGroupPolicy({ ...group, PolicyDocument: text });
    },
  },
];

describe("the safety of each step", () => {
  const observer = new Observer();
  const safety = new Safety(bastionId);
  let aws: Awaited<ReturnType<typeof startWithAccounts>>;
  let clients: Clients;

  before(async () => {
    aws = await startWithAccounts(config, { onDone: observer.onDone });
    observer.watch(aws.cloud);
    clients = {
      bastion: await administratorOf(aws, bastionId),
      dev: await administratorOf(aws, devId),
    };
  });
  after(() => aws.close());

  for (const { what, found, steps } of faults) {
    it(`is broken by ${what}, though all is well before and after`, async () => {
      const observed = await observer.during(() => steps(clients));
      const unsafe = safety.unsafeSteps(observed);
      const told = unsafe.map((one) => one.what);
      assert.ok(
        told.some((one) => found.test(one)),
        told.join("\n"),
      );
      // The last call leaves what was there before.
      assert.deepEqual(
        unsafe.filter(({ number }) => number === observed.steps.length),
        [],
      );
    });
  }

  it("is kept by a change that only takes away, and is decided after each call", async () => {
    const { bastion } = clients;
    const observed = await observer.during(async () => {
      const UserName = "bashir";
      await bastion.removeUserFromGroup({
        UserName,
        GroupName: "bastion-users",
      });
      await bastion.deleteUser({ UserName });
    });
    assert.deepEqual(safety.unsafeSteps(observed), []);
    assert.deepEqual(
      observed.steps.map(({ operation }) => operation),
      ["iam:RemoveUserFromGroup", "iam:DeleteUser"],
    );
  });
});
