import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetUserCommand, IAM } from "@aws-sdk/client-iam";
import { parse } from "yaml";
import { signIn } from "../../../sandbox/aws/console-client";
import type { LiveUser } from "../../../commands/accounts/live-account";
import { readAccount } from "../../../commands/accounts/read-account";
import { checkout } from "../../../sandbox/engine/paths";
import { run, type Finished } from "../../../sandbox/engine/run";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import { trust } from "../../../sandbox/grown-account/make";
import type { Stack } from "../../../sandbox/stack";
import {
  administratorOf,
  clientConfig,
  Person,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import { listBuckets } from "../../../sandbox/tour/requests";
import { argumentsOf } from "../../pages/shell-blocks";
import { administrator } from "../verify/accounts";
import {
  account,
  ageKey,
  ageRoles,
  makeLegacyAccount,
  legacyUsers,
  passwordOf,
  stateOf,
  userIds,
} from "./legacy-account";

const devId = "222222222222";
const prodId = "033333333333";

/** What each user can take in the end, and what not. */
const reach: Readonly<Record<string, readonly [string, string, boolean][]>> = {
  ada: [[prodId, "OpsSudo", true]],
  bob: [[prodId, "OpsSudo", true]],
  cleo: [
    [devId, "PowerUser", true],
    [devId, "OpsSudo", false],
  ],
  dmitri: [
    [devId, "ReadOnly", true],
    [devId, "PowerUser", false],
  ],
  erin: [
    [prodId, "ReadOnly", true],
    [prodId, "PowerUser", false],
  ],
  fred: [
    [prodId, "Analyst", true],
    [prodId, "ReadOnly", false],
  ],
};

/** All of them had something in the bastion itself. */
const acceptLess = legacyUsers.flatMap(({ name }) => ["--accept-less", name]);

const policiesOf = (user: LiveUser): readonly string[] =>
  [...user.inlinePolicies, ...user.attachedPolicies].map(({ name }) => name);

const page = "docs/take-over.md";
/** Without the breaks that fit it to a terminal. */
const onOneLine = (text: string): string => text.replace(/\s+/g, " ");

describe("taking over an account that has grown", () => {
  let sandbox: Sandbox;
  let iam: IAM;
  let folder: string;
  let keys: ReadonlyMap<string, ClientCredentials>;
  let idsBefore: Record<string, string>;
  let policiesBefore: readonly (readonly string[])[];
  let bastion: Stack;
  const people = new Map<string, Person>();
  const enrolled = new Set<string>();

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    iam = await administratorOf(sandbox.aws, account);
    keys = await makeLegacyAccount(iam);
    ageKey(sandbox.aws, "ada", 200);
    ageRoles(sandbox.aws, 200);
    idsBefore = userIds(sandbox.aws);
    policiesBefore = (await live()).users.map(policiesOf);
    folder = mkdtempSync(join(tmpdir(), "take over "));
    copyFileSync(join(checkout, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    for (const { name } of legacyUsers) {
      people.set(
        name,
        new Person(sandbox.aws, account, name, passwordOf(name)),
      );
    }
    await enrol("bob");
  });

  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const person = (name: string): Person => {
    const found = people.get(name);
    assert.ok(found);
    return found;
  };
  const signInWithoutMfa = (name: string) =>
    signIn(sandbox.aws.endpoint, {
      account,
      userName: name,
      password: passwordOf(name),
    });
  const enrol = async (name: string): Promise<void> => {
    await person(name).enrolMfa(await signInWithoutMfa(name));
    enrolled.add(name);
  };

  const adopt = (
    args: readonly string[],
    as: ClientCredentials = sandbox.aws.deployment,
  ): Promise<Finished> =>
    run(
      process.execPath,
      [
        ...["-r", "./sandbox/environment.js", "-r", "./infra/start"],
        ...["commands/adopt/command.ts", "--project", folder, ...args],
      ],
      {
        cwd: checkout,
        environment: {
          AWS_ENDPOINT_URL: sandbox.aws.endpoint,
          AWS_ACCESS_KEY_ID: as.accessKeyId,
          AWS_SECRET_ACCESS_KEY: as.secretAccessKey,
          AWS_SESSION_TOKEN: as.sessionToken,
          AWS_PROFILE: undefined,
        },
      },
    );

  /** Everybody gets in, by a real sign-in or a real key, with MFA where they have it. */
  const everybodyGetsIn = async (): Promise<void> => {
    for (const { name, password } of legacyUsers) {
      if (enrolled.has(name)) {
        const session = await person(name).signInWithMfa();
        await new IAM(clientConfig(sandbox.aws, session)).send(
          new GetUserCommand({}),
        );
      } else if (password) {
        await signInWithoutMfa(name);
      } else {
        const key = keys.get(name);
        assert.ok(key);
        await listBuckets(sandbox.aws, key);
      }
    }
  };

  /** A first password has to be changed at the first sign-in. */
  const enrolNewcomer = async (name: string): Promise<void> => {
    await person(name).enrolMfa(await person(name).signInFirst());
    enrolled.add(name);
  };

  const takesExactly = async (name: string): Promise<void> => {
    const session = await person(name).signInWithMfa();
    for (const [id, role, may] of reach[name] ?? []) {
      const attempt = person(name).takeRole(session, id, role);
      if (may) await attempt;
      else await assert.rejects(attempt, { name: "AccessDenied" });
    }
  };

  /** What a command of the page is given, with a folder in the place of the checkout. */
  const onPage = (begin: string): readonly string[] =>
    argumentsOf(page, begin, {
      ".": folder,
      "bastion.import.json": join(folder, "bastion.import.json"),
    });
  const proposing = () => onPage("npm run adopt -- --out");
  const applying = () => onPage("npm run adopt -- --apply");

  const stackFile = (): string =>
    readFileSync(join(folder, "Pulumi.bastion.yaml"), "utf8");

  const live = async () => readAccount(administrator(sandbox.aws, account));

  const importAndDeploy = async (): Promise<string> => {
    bastion.writeConfig(stackFile());
    const imported = await bastion.run([
      ...["import", ...onPage("pulumi import")],
      ...["--yes", "--skip-preview", ...bastion.flags],
    ]);
    assert.equal(imported.code, 0, imported.stdout + imported.stderr);
    return (await bastion.up()).stdout;
  };

  it("lets everybody in before anything is done", everybodyGetsIn);

  it("proposes the new way in, changes nothing, and shows no secret", async () => {
    const state = stateOf(sandbox.aws);
    const { code, stdout, stderr } = await adopt(proposing());
    assert.equal(code, 1, stdout + stderr);
    assert.equal(stateOf(sandbox.aws), state);
    assert.match(
      onOneLine(stdout),
      /dmitri \(last used .*\): an access key in use/,
    );
    for (const { secretAccessKey } of keys.values()) {
      assert.ok(!(stdout + stderr).includes(secretAccessKey));
    }
    const { config } = parse(stackFile()) as {
      readonly config: Readonly<Record<string, unknown>>;
    };
    assert.deepEqual(config["bastion-account:users"], {
      ada: { teams: ["administrators"] },
      bob: { teams: ["Admins"] },
      cleo: { teams: ["Developers"], programmaticAccess: false },
      erin: {
        teams: ["audit"],
        programmaticAccess: false,
        tags: { department: "audit" },
      },
      fred: { teams: ["Analysts"], programmaticAccess: false },
    });
    assert.match(stackFile(), /# The group Developers permits any service/);
    assert.deepEqual(config["bastion-account:keepPoliciesOf"], [
      ...["ada", "cleo", "team-audit"],
    ]);
  });

  it("removes nothing before the new way in is there, not even with --apply", async () => {
    const state = stateOf(sandbox.aws);
    const { code, stdout } = await adopt([...applying(), "--yes"]);
    assert.equal(code, 1);
    assert.match(stdout, /Nothing can be removed now/);
    assert.equal(stateOf(sandbox.aws), state);
  });

  it("imports and deploys, and makes no user anew", async () => {
    bastion = await sandbox.stack("bastion", stackFile());
    const deployed = await importAndDeploy();
    assert.doesNotMatch(deployed, /aws:iam:User .*(created|replaced|deleted)/);
    assert.deepEqual(userIds(sandbox.aws), idsBefore);
    await everybodyGetsIn();
    await (await sandbox.stack("workload")).up();
    await everybodyGetsIn();
    const { users } = await live();
    assert.deepEqual(users.map(policiesOf), policiesBefore);
  });

  for (const [option, name, said] of [
    ["--keep", "LegacyAdmn", "nearest is LegacyAdmin"],
    ["--accept-less", "dimitri", "nearest is dmitri"],
    // A group's: it is users who accept.
    ["--accept-less", "Analysts", "there are ada, bob"],
  ] as const) {
    it(`refuses ${option} ${name}, before it removes anything`, async () => {
      const state = stateOf(sandbox.aws);
      const { code, stdout, stderr } = await adopt([
        "--apply",
        "--yes",
        option,
        name,
      ]);
      assert.equal(code, 2, stdout + stderr);
      assert.equal(stdout, "");
      assert.match(stderr, new RegExp(`"${name}" names no .*${said}`));
      assert.equal(stateOf(sandbox.aws), state);
    });
  }

  it("asks before it removes, and without a terminal wants to be told", async () => {
    const state = stateOf(sandbox.aws);
    const { code, stderr } = await adopt(["--apply", ...acceptLess]);
    assert.equal(code, 1);
    assert.match(stderr, /Nothing was removed: .* Fix: give --yes/);
    assert.equal(stateOf(sandbox.aws), state);
  });

  it("removes nothing that somebody loses before it is accepted", async () => {
    await enrol("ada");
    await enrol("cleo");
    await everybodyGetsIn();
    const state = stateOf(sandbox.aws);
    const { code, stdout } = await adopt([...applying(), "--yes"]);
    assert.equal(code, 1);
    for (const name of ["ada", "bob", "cleo"]) {
      assert.match(
        onOneLine(stdout),
        new RegExp(
          `${name} would lose .* in account ${account} \\(the bastion itself\\).*--accept-less ${name}`,
        ),
      );
    }
    assert.equal(stateOf(sandbox.aws), state);
  });

  it("removes the old permissions of those alone whose new way is proven", async () => {
    const { code, stdout, stderr } = await adopt([
      ...applying(),
      "--yes",
      ...acceptLess,
    ]);
    assert.equal(code, 1, stdout + stderr);
    const { users, groups } = await live();
    for (const done of ["ada", "bob", "cleo"]) {
      const user = users.find(({ name }) => name === done);
      assert.ok(user);
      assert.deepEqual(user.inlinePolicies, []);
      assert.deepEqual(user.attachedPolicies, []);
      await takesExactly(done);
    }
    assert.ok(!groups.some(({ name }) => name === "Admins"));
    assert.deepEqual(
      users.find(({ name }) => name === "fred")?.groups.includes("Analysts"),
      true,
    );
    assert.ok(groups.some(({ name }) => name === "Analysts"));
    assert.match(onOneLine(stdout), /fred has no MFA device/);
    await everybodyGetsIn();
  });

  it("takes over who was held back once they can get in", async () => {
    await person("dmitri").receivePassword(iam);
    const { code, stdout } = await adopt(proposing());
    assert.equal(code, 1, stdout);
    assert.match(onOneLine(stdout), /To take over dmitri, look/);
    await importAndDeploy();
    assert.deepEqual(userIds(sandbox.aws), idsBefore);
    await enrolNewcomer("dmitri");
    await enrol("erin");
    await enrol("fred");
    await everybodyGetsIn();
  });

  it("then removes all that is left, and everybody reaches what they reached", async () => {
    const { code, stdout, stderr } = await adopt([
      ...applying(),
      "--yes",
      ...acceptLess,
    ]);
    assert.equal(code, 1, stdout + stderr);
    assert.match(
      onOneLine(stdout),
      /role nightly-cleanup stays: it may be taken by the service lambda/,
    );
    const { users, groups, roles } = await live();
    assert.deepEqual(
      users.flatMap((user) => [
        ...user.inlinePolicies,
        ...user.attachedPolicies,
      ]),
      [],
    );
    assert.deepEqual(groups.map(({ name }) => name).sort(), [
      "bastion-users",
      "console-only",
      "team-Admins",
      "team-Analysts",
      "team-Developers",
      "team-administrators",
      "team-audit",
      "team-readers",
    ]);
    assert.deepEqual(roles.map(({ name }) => name).sort(), [
      "OrganizationAccountAccessRole",
      "app-server",
      "nightly-cleanup",
    ]);
    assert.deepEqual(users.find(({ name }) => name === "ada")?.accessKeys, []);
    assert.deepEqual(userIds(sandbox.aws), idsBefore);
    await everybodyGetsIn();
    for (const { name } of legacyUsers) await takesExactly(name);
  });

  it("has the config keep nobody's policies any more, once they hold none", async () => {
    await iam.updateAssumeRolePolicy({
      RoleName: "nightly-cleanup",
      PolicyDocument: trust({ Service: "lambda.amazonaws.com" }),
    });
    const { code, stdout } = await adopt([]);
    assert.equal(code, 1, stdout);
    assert.match(
      onOneLine(stdout),
      /keepPoliciesOf names ada, cleo, team-audit, dmitri, /,
    );
    const file = stackFile();
    const without = file.replace(/ +\S+:keepPoliciesOf:\n( +- .*\n)+/, "");
    assert.notEqual(without, file);
    writeFileSync(join(folder, "Pulumi.bastion.yaml"), without);
    bastion.writeConfig(stackFile());
    await bastion.up();
    for (const { name } of legacyUsers) await takesExactly(name);
  });

  it("has nothing left once a role for a service lets no people in", async () => {
    const { code, stdout } = await adopt([]);
    assert.equal(code, 0, stdout);
  });

  it("proposes nothing the second time, nor does the deployment", async () => {
    const state = stateOf(sandbox.aws);
    const file = stackFile();
    const { code, stdout, stderr } = await adopt([
      "--out",
      folder,
      "--apply",
      "--yes",
    ]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /Nothing is left to do/);
    assert.equal(stateOf(sandbox.aws), state);
    assert.equal(stackFile(), file);
    await bastion.up("--expect-no-changes");
  });
});
