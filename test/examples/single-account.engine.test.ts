import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IAM } from "@aws-sdk/client-iam";
import {
  readBastionConfig,
  readWorkloadConfigs,
} from "../../commands/bastion-config";
import { readOrganisation } from "../../commands/accounts/organisation";
import { accountsToRead, expectedAccess } from "../../commands/verify/expected";
import { defaultSettings } from "../../commands/verify/facts";
import { verify } from "../../commands/verify/report";
import { clientSetUp } from "../../infra/profiles/profiles";
import { clientSection, sectionText } from "../../infra/profiles/section";
import { issueToken } from "../../sandbox/aws/tokens";
import { signInFirstTime } from "../../sandbox/tour/first-sign-in";
import {
  tryEveryAssignment,
  type SignedInUser,
} from "../../sandbox/tour/matrix";
import { isAsExpected } from "../../sandbox/tour/checks";
import {
  clientConfig,
  type ClientCredentials,
} from "../../sandbox/tour/people";
import { createTable, listBuckets } from "../../sandbox/tour/requests";
import {
  cliEnvironment,
  environmentOf,
  missing,
  runAwsCli,
} from "../sandbox/aws-cli";
import { onTerminal } from "../run/terminal";
import {
  accountId,
  deploySingleAccount,
  removeFounder,
  type SingleAccount,
} from "./single-account";

describe("a single account, deployed as the example says", () => {
  let single: SingleAccount;
  const people = new Map<string, SignedInUser>();

  const person = (name: string): SignedInUser =>
    people.get(name) ?? assert.fail(`nobody called ${name}`);

  /** With a code that was given this minute. */
  const opsSudoOf = async (name: string): Promise<ClientCredentials> => {
    const { person: administrator } = person(name);
    const console_ = await administrator.signInWithMfa();
    return administrator.takeRole(console_, accountId, "OpsSudo");
  };
  const asOpsSudo = async (name: string): Promise<IAM> =>
    new IAM(clientConfig(single.sandbox.aws, await opsSudoOf(name)));

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

  it("is read once by verify, and found to be as its stack files say", async () => {
    const { sandbox, folder } = single;
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
        credentials: await opsSudoOf("ada"),
      },
    };
    await removeFounder(await asOpsSudo("ada"), single.founder);
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

  describe("teams of the first day", () => {
    it("are groups, in which nothing but roles is given", async () => {
      const iam = await asOpsSudo("ada");
      for (const team of [
        "administrators",
        "developers",
        "business-analysts",
      ]) {
        const GroupName = `team-${team}`;
        const { AttachedPolicies } = await iam.listAttachedGroupPolicies({
          GroupName,
        });
        assert.deepEqual(AttachedPolicies, []);
        const { PolicyNames } = await iam.listGroupPolicies({ GroupName });
        assert.deepEqual(PolicyNames, ["roles"]);
      }
    });

    it("let a developer build, and not touch IAM", async () => {
      const { person: bashir, withMfa } = person("bashir");
      const session = await bashir.takeRole(withMfa, accountId, "PowerUser");
      const { aws } = single.sandbox;
      await createTable(aws, session, "orders");
      await assert.rejects(
        new IAM(clientConfig(aws, session)).createUser({ UserName: "mallory" }),
        { name: "AccessDenied" },
      );
    });

    it("let an analyst look into tables, and make none", async () => {
      const { person: chen, withMfa } = person("chen");
      const session = await chen.takeRole(withMfa, accountId, "Analyst");
      const { aws } = single.sandbox;
      await assert.rejects(createTable(aws, session, "mine"), {
        name: "AccessDeniedException",
      });
      await assert.rejects(listBuckets(aws, session), {
        name: "AccessDenied",
      });
    });

    it("have an administrator who works from the console alone", async () => {
      const { person: dolores, withMfa } = person("dolores");
      await assert.rejects(dolores.makeAccessKey(withMfa), {
        name: "AccessDenied",
      });
      const iam = await asOpsSudo("dolores");
      const { AccessKeyMetadata } = await iam.listAccessKeys({
        UserName: "dolores",
      });
      assert.deepEqual(AccessKeyMetadata, []);
      const { PasswordPolicy: policy } = await iam.getAccountPasswordPolicy();
      assert.equal(policy?.MinimumPasswordLength, 14);
      assert.equal(policy.MaxPasswordAge, 90);
      assert.ok(policy.RequireSymbols);
    });
  });

  const why = missing();
  const withCli = why === undefined ? describe : describe.skip;
  const note = why === undefined ? "" : ` (skipped: ${why})`;

  withCli(`with a real AWS CLI${note}`, () => {
    let home: string;
    let environment: Readonly<Record<string, string>>;

    before(() => {
      home = mkdtempSync(join(tmpdir(), "home of ada "));
      environment = cliEnvironment(home, single.sandbox.aws.endpoint);
      const config = readBastionConfig({
        folder: single.folder,
        stack: "bastion",
      });
      const ada = config.users.find(({ name }) => name === "ada");
      assert.ok(ada);
      const setUp = clientSetUp(config, ada, { mfaDevice: "phone-of-ada" });
      writeFileSync(join(home, "config"), sectionText(clientSection(setUp)));
      const { accessKeyId, secretAccessKey } = person("ada").withoutMfa;
      writeFileSync(
        join(home, "credentials"),
        `[bastion]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
      );
    });

    after(() => {
      rmSync(home, { recursive: true });
    });

    const asks = (command: string) =>
      onTerminal(
        `aws ${command} --output json`,
        /Enter MFA code/,
        () => person("ada").person.mfa().code,
        environment,
      );

    it("the account is locked down: groups are listed by the role's profile alone", async () => {
      const alone = await runAwsCli(
        ["--profile", "bastion", "iam", "list-groups"],
        environment,
      );
      assert.notEqual(alone.code, 0);
      assert.match(alone.stderr, /\(AccessDenied\).*iam:ListGroups/);
      const { code, screen } = await asks(
        "--profile main-opssudo iam list-groups",
      );
      assert.equal(code, 0, screen);
      assert.match(screen, /Enter MFA code for .*mfa\/phone-of-ada/);
      assert.match(screen, /"GroupName": "team-administrators"/);
    });

    it("one code opens a session by hand, and that every role, OpsSudo too", async () => {
      const session = await runAwsCli(
        [
          ...["--profile", "bastion", "sts", "get-session-token"],
          ...["--serial-number", `arn:aws:iam::${accountId}:mfa/phone-of-ada`],
          ...["--token-code", person("ada").person.mfa().code],
        ],
        environment,
      );
      assert.equal(session.code, 0, session.stderr);
      for (const role of ["ReadOnly", "PowerUser", "OpsSudo"]) {
        const taken = await runAwsCli(
          [
            ...["sts", "assume-role", "--role-session-name", "ada"],
            ...["--role-arn", `arn:aws:iam::${accountId}:role/${role}`],
          ],
          { ...environment, ...environmentOf(session) },
        );
        assert.equal(taken.code, 0, taken.stderr);
        const made = await runAwsCli(
          ["iam", "create-user", "--user-name", `by-${role}`],
          { ...environment, ...environmentOf(taken) },
        );
        assert.equal(made.code === 0, role === "OpsSudo", made.stderr);
      }
      await (await asOpsSudo("ada")).deleteUser({ UserName: "by-OpsSudo" });
    });

    it("an hour later the same session opens OpsSudo no more, and still the others", async () => {
      const { person: ada, withMfa } = person("ada");
      single.sandbox.aws.clock.advance(3_601);
      await assert.rejects(ada.takeRole(withMfa, accountId, "OpsSudo"), {
        name: "AccessDenied",
      });
      await ada.takeRole(withMfa, accountId, "ReadOnly");
    });
  });

  it("is deployed from then on by who may take OpsSudo", async () => {
    single.sandbox.deployAs(await opsSudoOf("ada"));
    for (const stack of single.stacks) await stack.up("--expect-no-changes");
  });

  /** As a job of the repository's workflow in its environment. */
  const asPipeline = (): readonly string[] => {
    const file = join(single.folder, "token");
    const token = issueToken({
      iss: "https://token.actions.githubusercontent.com",
      aud: "sts.amazonaws.com",
      sub: "repo:acme/account:environment:production",
      exp: Math.floor(single.sandbox.aws.clock.now().getTime() / 1_000) + 300,
    });
    writeFileSync(file, token);
    return [
      ...["--refresh", "--run-program"],
      ...["--config", "bastion-account:deploymentRole=pipeline-deployment"],
      ...["--config", `bastion-account:webIdentityTokenFile=${file}`],
    ];
  };

  const pipeline = "  bastion-account:pipeline: { repository: acme/account }\n";
  const selfService =
    "  bastion-account:selfService: { listUsers: true, sshKeys: true }\n";

  it("has one pipeline, which deploys both stacks", async () => {
    const [bastion, workload] = single.stacks;
    assert.ok(bastion && workload);
    single.sandbox.deployAs(await opsSudoOf("ada"));
    const analyst = (policy: string): string =>
      `  bastion-account:roles: { Analyst: { managedPolicies: [${policy}] } }\n`;
    const ofBastion = pipeline + selfService;
    workload.writeConfig(
      single.textOf("workload") +
        pipeline +
        analyst("AmazonDynamoDBReadOnlyAccess"),
    );
    await workload.up();
    bastion.writeConfig(single.textOf("bastion") + ofBastion);
    await bastion.up();
    // Users, groups and roles, made and changed within the bounds that were deployed by hand.
    bastion.writeConfig(
      single.textOf("bastion").replace(/ {4}chen:/, "    eve:\n    chen:") +
        ofBastion,
    );
    await bastion.up(...asPipeline());
    workload.writeConfig(
      single.textOf("workload") + pipeline + analyst("AWSSupportAccess"),
    );
    await workload.up(...asPipeline());
    const iam = await asOpsSudo("ada");
    await iam.getUser({ UserName: "eve" });
    const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({
      RoleName: "Analyst",
    });
    assert.deepEqual(
      AttachedPolicies.map(({ PolicyName }) => PolicyName),
      ["AWSSupportAccess"],
    );
  });

  it("lets users see the others and change their SSH keys, once config says so", async () => {
    const { person: ada } = person("ada");
    const console_ = await ada.signInWithMfa();
    const own = new IAM(clientConfig(single.sandbox.aws, console_));
    const { Users = [] } = await own.listUsers();
    assert.ok(Users.some(({ UserName }) => UserName === "eve"));
    const key = {
      UserName: "ada",
      SSHPublicKeyBody: generateKeyPairSync("rsa", { modulusLength: 2_048 })
        .publicKey.export({ type: "spki", format: "pem" })
        .toString(),
    };
    await own.uploadSSHPublicKey(key);
    await assert.rejects(
      own.uploadSSHPublicKey({ ...key, UserName: "bashir" }),
      { name: "AccessDenied" },
    );
    single.sandbox.aws.clock.advance(3_600);
    await assert.rejects(own.uploadSSHPublicKey(key), {
      name: "AccessDenied",
    });
  });
});
