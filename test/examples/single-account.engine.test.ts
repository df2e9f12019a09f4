import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import {
  readBastionConfig,
  readWorkloadConfigs,
} from "../../commands/bastion-config";
import { readOrganisation } from "../../commands/accounts/organisation";
import { accountsToRead, expectedAccess } from "../../commands/verify/expected";
import { defaultSettings } from "../../commands/verify/facts";
import { verify } from "../../commands/verify/report";
import { signInFirstTime } from "../../sandbox/tour/first-sign-in";
import {
  tryEveryAssignment,
  type SignedInUser,
} from "../../sandbox/tour/matrix";
import { isAsExpected } from "../../sandbox/tour/checks";
import { clientConfig } from "../../sandbox/tour/people";
import {
  accountId,
  deploySingleAccount,
  type SingleAccount,
} from "./single-account";

describe("a single account, deployed as the example says", () => {
  let single: SingleAccount;
  const people = new Map<string, SignedInUser>();

  const person = (name: string): SignedInUser =>
    people.get(name) ?? assert.fail(`nobody called ${name}`);

  before(async () => {
    single = await deploySingleAccount();
    const { sandbox, stackFile, founder } = single;
    const iam = new IAM(clientConfig(sandbox.aws, founder));
    for (const name of Object.keys(stackFile.users)) {
      const { user } = await signInFirstTime(sandbox.aws, stackFile, iam, name);
      people.set(name, user);
    }
  });

  after(async () => {
    await single.close();
  });

  it("opens to each user exactly the granted roles, with MFA and never without", async () => {
    for (const user of people.values()) {
      const rows = await tryEveryAssignment(user, single.stackFile);
      assert.equal(rows.length, 4);
      for (const row of rows) {
        assert.ok(isAsExpected(row.with), JSON.stringify(row));
        assert.ok(isAsExpected(row.without), JSON.stringify(row));
      }
    }
  });

  it("leads from no role to another, though PowerUser and OpsSudo may take any", async () => {
    const { person: ada, withMfa } = person("ada");
    for (const from of ["ReadOnly", "PowerUser", "OpsSudo"]) {
      const session = await ada.takeRole(withMfa, accountId, from);
      for (const to of ["ReadOnly", "PowerUser", "OpsSudo", "Analyst"]) {
        await assert.rejects(ada.takeRole(session, accountId, to), {
          name: "AccessDenied",
        });
      }
    }
  });

  /** Takes the founder away, who is needed no longer, and the role that the sandbox's own organisation has there. */
  const leaveOnlyWhatTheStacksMade = async () => {
    const { person: ada, withMfa } = person("ada");
    const session = await ada.takeRole(withMfa, accountId, "OpsSudo");
    const iam = new IAM(clientConfig(single.sandbox.aws, session));
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    const UserName = "founder";
    await iam.detachUserPolicy({ UserName, PolicyArn });
    const AccessKeyId = single.founder.accessKeyId;
    await iam.deleteAccessKey({ UserName, AccessKeyId });
    await iam.deleteUser({ UserName });
    const RoleName = "OrganizationAccountAccessRole";
    await iam.detachRolePolicy({ RoleName, PolicyArn });
    await iam.deleteRole({ RoleName });
  };

  it("is read once by verify, and found to be as its stack files say", async () => {
    const { sandbox, folder } = single;
    const { person: ada, withMfa } = person("ada");
    const project = { folder, stack: "bastion" };
    const config = readBastionConfig(project);
    const expected = expectedAccess(
      config,
      readWorkloadConfigs(project, config),
    );
    const way = {
      partition: "aws",
      region: "us-east-1",
      role: undefined,
      sessionName: "verify",
      client: {
        endpoint: sandbox.aws.endpoint,
        credentials: await ada.takeRole(withMfa, accountId, "OpsSudo"),
      },
    };
    await leaveOnlyWhatTheStacksMade();
    const report = verify(
      await readOrganisation(way, accountsToRead(expected)),
      expected,
      defaultSettings,
      sandbox.aws.clock.now(),
    );
    assert.deepEqual(
      report.accounts.map(({ id, name }) => [id, name]),
      [[accountId, "main"]],
    );
    const found = report.findings.filter(({ level }) => level !== "note");
    assert.deepEqual(
      found.map(({ rule, subject }) => [rule, subject]),
      [],
    );
  });

  it("is deployed from then on by who may take OpsSudo", async () => {
    const { person: ada, withMfa } = person("ada");
    single.sandbox.deployAs(await ada.takeRole(withMfa, accountId, "OpsSudo"));
    for (const stack of single.stacks) await stack.up("--expect-no-changes");
  });
});
