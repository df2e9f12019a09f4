import assert from "node:assert/strict";
import type { IAM } from "@aws-sdk/client-iam";
import type { UnreadAccount } from "../../../commands/accounts/organisation";
import { Accounts } from "../../../commands/adopt/accounts";
import { planRemovals } from "../../../commands/adopt/plan";
import { canGo } from "../../../commands/adopt/step";
import { makeGrownAccount, trust } from "../../../sandbox/grown-account/make";
import type { SandboxAws } from "../../../sandbox/aws";
import { startTwoAccounts } from "../../sandbox/aws/clients";
import { administrator as administratorIn } from "../verify/accounts";
import {
  allow,
  bastionId,
  devId,
  group,
  inline,
  key,
  role,
  root,
  trusting,
} from "./account";
import { planned, project } from "./planned";
import { administrator, member, type Situation } from "./situation";

const prod: UnreadAccount = {
  id: "033333333333",
  name: "prod",
  why: "AccessDenied",
};
const sudoIn = (id: string) =>
  inline("sudo", allow("sts:AssumeRole", `arn:aws:iam::${id}:role/*`));

/** What can go as long as all accounts are read, and whether it can when prod is not. */
const cases: readonly {
  readonly what: string;
  readonly situation: Situation;
  readonly removal: string;
  readonly waits: RegExp | undefined;
}[] = [
  {
    what: "a role, whoever it trusts",
    situation: { roles: [role("Legacy", trusting(root))] },
    removal: "role Legacy",
    waits: /before prod can be read: who takes it from there, or names it/,
  },
  {
    what: "an administrator's permissions, which let into it",
    situation: { users: [member("ada", "operations", administrator)] },
    removal: "user ada: attached policy",
    waits: /whether anybody administers prod afterwards is not known/,
  },
  {
    what: "a policy that lets into it by name",
    situation: {
      users: [
        member("ada", "operations", { inlinePolicies: [sudoIn(prod.id)] }),
      ],
      acceptLess: ["ada"],
    },
    removal: "user ada: inline policy sudo",
    waits: /whether anybody administers prod afterwards is not known/,
  },
  {
    what: "a policy that lets into another account",
    situation: {
      users: [member("ada", "operations", { inlinePolicies: [sudoIn(devId)] })],
    },
    removal: "user ada: inline policy sudo",
    waits: undefined,
  },
  {
    what: "a policy that lets into none",
    situation: {
      users: [
        member("ada", "readers", {
          inlinePolicies: [inline("queues", allow("sqs:ListQueues"))],
        }),
      ],
    },
    removal: "user ada: inline policy queues",
    waits: undefined,
  },
  {
    what: "an old key",
    situation: {
      users: [member("ada", "readers", { accessKeys: [key(400)] })],
    },
    removal: "user ada: access key",
    waits: undefined,
  },
  {
    what: "an empty group",
    situation: { groups: [group("Old")] },
    removal: "group Old",
    waits: undefined,
  },
];

describe("a take-over that can't read an account", () => {
  for (const { what, situation, removal, waits } of cases) {
    it(`${waits ? "waits with" : "does not wait with"} ${what}`, () => {
      const isIt = (line: string) => line.startsWith(removal);
      assert.ok(planned(situation).goes.some(isIt), "all accounts are read");
      const { goes, waits: waiting } = planned({
        ...situation,
        unread: [prod],
      });
      assert.equal(goes.some(isIt), waits === undefined);
      if (waits !== undefined) {
        assert.match(waiting.find(isIt) ?? "", waits);
      }
    });
  }
});

/** The role by which the account is read. */
const RoleName = "OrganizationAccountAccessRole";

describe("a take-over, when a call is denied in a workload account", () => {
  let aws: SandboxAws;
  /** An administrator of dev, whose session outlives what is done to the role. */
  let iam: IAM;

  before(async () => {
    aws = await startTwoAccounts();
    ({ iam } = administratorIn(aws, devId));
    await aws.clock.inThePast(200 * 86_400, makeRoles);
  });
  after(() => aws.close());

  /** Three of the bastion that people take, two of which dev's roles trust. */
  async function makeRoles(): Promise<void> {
    const people = trust({ AWS: `arn:aws:iam::${bastionId}:root` });
    await makeGrownAccount(administratorIn(aws, bastionId).iam, {
      alias: "grown",
      groups: [],
      users: [],
      roles: ["named", "session", "free"].map((name) => ({
        name,
        trust: people,
      })),
    });
    for (const [name, principal] of [
      ["takes-named", `arn:aws:iam::${bastionId}:role/named`],
      ["takes-session", `arn:aws:sts::${bastionId}:assumed-role/session/x`],
    ] as const) {
      await iam.createRole({
        RoleName: name,
        AssumeRolePolicyDocument: trust({ AWS: principal }),
      });
    }
  }

  const going = async (): Promise<readonly string[]> => {
    const accounts = new Accounts(
      project,
      {
        keyAgeDays: 90,
        usedWithinDays: 100,
        keep: new Set(),
        acceptLess: new Set(),
        acceptLessHere: false,
        progress: () => undefined,
      },
      { endpoint: aws.endpoint, credentials: aws.deployment },
    );
    const { deployed, caller } = await accounts.read();
    return planRemovals(deployed, caller)
      .filter(canGo)
      .flatMap(({ removal }) => (removal.kind === "role" ? removal.role : []));
  };

  it("lets go what nobody names, when no call is", async () => {
    assert.deepEqual(await going(), ["free"]);
  });

  for (const call of [
    "GetAccountAuthorizationDetails",
    "ListRoles",
    "ListUsers",
    "GetAccountSummary",
    "ListAccountAliases",
    "GetAccountPasswordPolicy",
    "ListOpenIDConnectProviders",
  ]) {
    it(`lets no role go when ${call} is`, async () => {
      const PolicyName = "denied";
      await iam.putRolePolicy({
        RoleName,
        PolicyName,
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: { Effect: "Deny", Action: `iam:${call}`, Resource: "*" },
        }),
      });
      assert.deepEqual(await going(), []);
      await iam.deleteRolePolicy({ RoleName, PolicyName });
    });
  }

  it("lets no role go when the role that reads can't be taken", async () => {
    await iam.updateAssumeRolePolicy({
      RoleName,
      PolicyDocument: trust({ AWS: `arn:aws:iam::${devId}:root` }),
    });
    assert.deepEqual(await going(), []);
  });
});
