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
import { readRawConfigFromFiles } from "../../../infra/config/from-files";
import { checkout } from "../../../sandbox/engine/paths";
import { run, type Finished } from "../../../sandbox/engine/run";
import { readStackFile, stackFileText } from "../../../sandbox/project";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import type { Stack } from "../../../sandbox/stack";
import { signInFirstTime } from "../../../sandbox/tour/first-sign-in";
import {
  administratorOf,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import type { SignedInUser } from "../../../sandbox/tour/matrix";
import { listBuckets } from "../../../sandbox/tour/requests";

import { secretsIn } from "../planted-secrets/everything-told";
import { leaks } from "../planted-secrets/forms";
import { filesIn } from "../planted-secrets/watched";

const bastionId = "111111111111";
const dev = "222222222222";
const prod = "033333333333";

/** Long enough ago that the present is later, and short enough that sessions of an hour run. */
const halfAnHour = 1_800;

describe("closing a user's running sessions", () => {
  let sandbox: Sandbox;
  let folder: string;
  let stacks: readonly Stack[];
  const people = new Map<string, SignedInUser>();
  const sessions = new Map<string, ClientCredentials>();

  const session = (name: string): ClientCredentials =>
    sessions.get(name) ?? assert.fail(name);
  const person = (name: string): SignedInUser =>
    people.get(name) ?? assert.fail(name);
  const works = (name: string) => listBuckets(sandbox.aws, session(name));
  const isClosed = (name: string) =>
    assert.rejects(works(name), { name: "AccessDenied" }, name);

  const command = (
    [name = "", ...args]: readonly string[],
    further: Readonly<Record<string, string>> = {},
  ): Promise<Finished> =>
    run(
      process.execPath,
      [
        ...["-r", "./sandbox/environment.js", "-r", "./infra/start"],
        ...[`commands/${name}/command.ts`, ...args],
      ],
      {
        cwd: checkout,
        environment: {
          AWS_ENDPOINT_URL: sandbox.aws.endpoint,
          AWS_ACCESS_KEY_ID: sandbox.aws.deployment.accessKeyId,
          AWS_SECRET_ACCESS_KEY: sandbox.aws.deployment.secretAccessKey,
          AWS_SESSION_TOKEN: undefined,
          AWS_PROFILE: undefined,
          ...further,
        },
      },
    );

  const revoke = (...args: readonly string[]): Promise<Finished> =>
    command(["revoke", "--project", folder, ...args]);

  const revoked = (): string =>
    readRawConfigFromFiles(folder, "bastion").values["revokedSessions"] ?? "";

  /** As a deployment would with the Pulumi.yaml that the command wrote, or another; ada has left. */
  const deploy = async (revokedSessions: string): Promise<void> => {
    for (const stack of stacks) {
      const own = `  bastion-account:revokedSessions: ${revokedSessions}\n`;
      const text = stackFileText(stack.name).replace(
        / {4}ada:\n( {6}.*\n)+/,
        "",
      );
      stack.writeConfig(text + own);
      await stack.up();
    }
  };

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    folder = mkdtempSync(join(tmpdir(), "revoke "));
    for (const file of ["", ".bastion", ".workload"]) {
      const name = `Pulumi${file}.yaml`;
      copyFileSync(join(checkout, name), join(folder, name));
    }
    const bastion = await sandbox.stack("bastion");
    const workload = await sandbox.stack("workload");
    stacks = [bastion, workload];
    for (const stack of stacks) await stack.up();
    const file = readStackFile("bastion");
    const iam = await administratorOf(sandbox.aws, file.bastionAccountId);
    await sandbox.aws.clock.inThePast(halfAnHour, async () => {
      for (const name of ["ada", "bashir"]) {
        const { user } = await signInFirstTime(sandbox.aws, file, iam, name);
        people.set(name, user);
        for (const [account, role] of [
          [dev, "PowerUser"],
          [prod, "ReadOnly"],
        ] as const) {
          const taken = await user.person.takeRole(user.withMfa, account, role);
          sessions.set(`${name} ${role}`, taken);
        }
      }
    });
  });

  after(async () => {
    rmSync(folder, { recursive: true });
    await sandbox.close();
  });

  it("names nobody whom the stack file does not have, and changes nothing then", async () => {
    const before = readFileSync(join(folder, "Pulumi.yaml"), "utf8");
    const { code, stderr } = await revoke("adda");
    assert.equal(code, 2);
    assert.match(stderr, /"adda" is no user of the stack file.*nearest is ada/);
    assert.equal(readFileSync(join(folder, "Pulumi.yaml"), "utf8"), before);
    await works("ada PowerUser");
  });

  it("closes the user's sessions in every account, and nobody else's", async () => {
    const { code, stdout } = await revoke("ada");
    assert.equal(code, 0, stdout);
    assert.match(stdout, /closed in 3 of 3 accounts \(12 roles and groups\)/);
    assert.match(stdout, /ada is still a user/);
    await isClosed("ada PowerUser");
    await isClosed("ada ReadOnly");
    await works("bashir PowerUser");
    await works("bashir ReadOnly");
    const { person: ada, withMfa } = person("ada");
    await assert.rejects(ada.takeRole(withMfa, dev, "ReadOnly"), {
      name: "AccessDenied",
    });
  });

  it("leaves a session open that the user opens a minute later", async () => {
    const { person: ada } = person("ada");
    sandbox.aws.clock.advance(60);
    const again = await ada.signInWithMfa();
    sessions.set("ada again", await ada.takeRole(again, dev, "PowerUser"));
    await works("ada again");
  });

  it("stays through the leaver's deployment while sessions may run, and is gone after the first one later", async () => {
    const bastion = await administratorOf(sandbox.aws, bastionId);
    await bastion.getUser({ UserName: "ada" });
    await deploy(revoked());
    await assert.rejects(bastion.getUser({ UserName: "ada" }), {
      name: "NoSuchEntityException",
    });
    await isClosed("ada PowerUser");
    await isClosed("ada ReadOnly");
    const policies = async (id: string) => {
      const iam = await administratorOf(sandbox.aws, id);
      const { PolicyNames: names = [] } = await iam.listRolePolicies({
        RoleName: "PowerUser",
      });
      return names.includes("revoked-sessions");
    };
    assert.equal(await policies(dev), true);
    await deploy(`{ ada: "2020-01-01T00:00:00Z" }`);
    assert.equal(await policies(dev), false);
    await works("bashir PowerUser");
  });

  it("says which account it could not close, and that it may be run again", async () => {
    const admin = await administratorOf(sandbox.aws, prod);
    await admin.detachRolePolicy({
      RoleName: "OrganizationAccountAccessRole",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    const { code, stdout } = await revoke("bashir");
    assert.equal(code, 1);
    assert.match(stdout, /Not closed in prod \(033333333333\)/);
    assert.match(stdout, /run the same command again/);
    await isClosed("bashir PowerUser");
    await works("bashir ReadOnly");
  });

  it("leaves no key, password, seed, session or token in what any command tells, nor in a file", async () => {
    const page = join(folder, "report.html");
    const token = "planted-web-identity-token-8f3a61c2d9";
    writeFileSync(join(folder, "token"), token);
    const broken = { AWS_SECRET_ACCESS_KEY: "planted-wrong-key-8f3a61c2d9" };
    const revoking = ["revoke", "--project", folder, "bashir"];
    const adopting = ["adopt", "--project", folder];
    const told = await Promise.all([
      command(["verify", "--html", page, "--json"]),
      command(["verify", "--sarif"], broken),
      command([
        ...["verify", "--role", "pipeline-audit"],
        ...["--token-file", join(folder, "token")],
      ]),
      command(adopting),
      command(adopting, broken),
      command(revoking, broken),
    ]);
    const printed = told.map(({ stdout, stderr }, index) => ({
      where: `what command ${index} printed`,
      bytes: Buffer.from(stdout + stderr),
    }));
    for (const { where, bytes } of printed) assert.ok(bytes.length > 20, where);
    rmSync(join(folder, "token"));
    const files = [folder, sandbox.workspace.folder].flatMap(filesIn);
    assert.ok(files.length > 4, `${files.length} files`);
    const secrets = [
      ...secretsIn(sandbox.aws),
      ...[token, broken.AWS_SECRET_ACCESS_KEY].map((secret) => ({
        what: "what was planted",
        secret,
      })),
      {
        what: "the deployment's key",
        secret: sandbox.aws.deployment.secretAccessKey,
      },
    ];
    assert.ok(secrets.length > 20, `${secrets.length} secrets`);
    assert.deepEqual(leaks([...printed, ...files], secrets), []);
  });
});
