import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finished } from "../../sandbox/engine/run";
import { readStackFile } from "../../sandbox/project";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import { signInFirstTime } from "../../sandbox/tour/first-sign-in";
import type { SignedInUser } from "../../sandbox/tour/matrix";
import { administratorOf } from "../../sandbox/tour/people";
import { cliEnvironment, environmentOf, missing, runAwsCli } from "./aws-cli";
import { onTerminal } from "../run/terminal";

const why = missing();
const suite = why === undefined ? describe : describe.skip;
const note = why === undefined ? "" : ` (skipped: ${why})`;

suite(`a real AWS CLI goes the whole way${note}`, () => {
  let sandbox: Sandbox;
  let ada: SignedInUser;
  let folder: string;
  const serial = "arn:aws:iam::111111111111:mfa/phone-of-ada";

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    const bastion = await sandbox.stack("bastion");
    const workload = await sandbox.stack("workload");
    await bastion.up();
    await workload.up();
    const stackFile = readStackFile("bastion");
    const administrator = await administratorOf(
      sandbox.aws,
      stackFile.bastionAccountId,
    );
    ada = (await signInFirstTime(sandbox.aws, stackFile, administrator, "ada"))
      .user;
    folder = mkdtempSync(join(tmpdir(), "aws cli "));
  });

  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const aws = (
    args: readonly string[],
    environment: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Finished> =>
    runAwsCli(args, {
      ...cliEnvironment(folder, sandbox.aws.endpoint),
      ...environment,
    });

  const withKey = () => ({
    AWS_ACCESS_KEY_ID: ada.withoutMfa.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ada.withoutMfa.secretAccessKey,
  });

  const takeRole = (role: string) => [
    "sts",
    "assume-role",
    "--role-arn",
    `arn:aws:iam::222222222222:role/${role}`,
    "--role-session-name",
    "ada",
  ];

  it("is kept out of every role with the access key alone", async () => {
    const { code, stderr } = await aws(takeRole("ReadOnly"), withKey());
    assert.notEqual(code, 0);
    assert.match(
      stderr,
      /\(AccessDenied\).*not authorized to perform: sts:AssumeRole/,
    );
  });

  it("lists no groups without MFA", async () => {
    const { code, stderr } = await aws(
      ["iam", "list-groups-for-user", "--user-name", "ada"],
      withKey(),
    );
    assert.notEqual(code, 0);
    assert.match(stderr, /explicit deny/);
  });

  it("gets in with get-session-token and assume-role, and lists buckets as ReadOnly", async () => {
    const { code: token } = ada.person.mfa();
    const session = await aws(
      [
        "sts",
        "get-session-token",
        "--serial-number",
        serial,
        "--token-code",
        token,
      ],
      withKey(),
    );
    assert.equal(session.code, 0, session.stderr);
    const role = await aws(takeRole("ReadOnly"), environmentOf(session));
    assert.equal(role.code, 0, role.stderr);
    const identity = await aws(
      ["sts", "get-caller-identity"],
      environmentOf(role),
    );
    assert.match(identity.stdout, /assumed-role\/ReadOnly\/ada/);
    const buckets = await aws(["s3", "ls"], environmentOf(role));
    assert.match(buckets.stdout, /records-222222222222/);
    const write = await aws(
      ["iam", "create-user", "--user-name", "mallory"],
      environmentOf(role),
    );
    assert.match(write.stderr, /AccessDenied/);
  });

  it("refuses a code that was used before", async () => {
    const { code: token } = ada.person.mfa();
    const args = [
      "sts",
      "get-session-token",
      "--serial-number",
      serial,
      "--token-code",
      token,
    ];
    assert.equal((await aws(args, withKey())).code, 0);
    assert.match(
      (await aws(args, withKey())).stderr,
      /invalid MFA one time pass code/,
    );
  });

  it("works with a profile of role_arn, source_profile and mfa_serial", async () => {
    writeFileSync(
      join(folder, "credentials"),
      `[ada]\naws_access_key_id = ${ada.withoutMfa.accessKeyId}\naws_secret_access_key = ${ada.withoutMfa.secretAccessKey}\n`,
    );
    writeFileSync(
      join(folder, "config"),
      `[profile ada]\nregion = us-east-1\n[profile dev-opssudo]\nregion = us-east-1\nsource_profile = ada\nrole_arn = arn:aws:iam::222222222222:role/OpsSudo\nrole_session_name = ada\nmfa_serial = ${serial}\n`,
    );
    const { code: token } = ada.person.mfa();
    const asked = await onTerminal(
      "aws --profile dev-opssudo iam list-groups --output json",
      /Enter MFA code/,
      () => token,
      cliEnvironment(folder, sandbox.aws.endpoint),
    );
    assert.equal(asked.code, 0, asked.screen);
    assert.match(
      asked.screen,
      /Enter MFA code for arn:aws:iam::111111111111:mfa\/phone-of-ada/,
    );
    assert.match(asked.screen, /"Groups": \[\]/);
    const refused = await aws(["--profile", "ada", "iam", "list-groups"]);
    assert.match(refused.stderr, /AccessDenied/);
  });

  it("pages through lists of any length", async () => {
    const { stdout } = await aws(
      ["iam", "list-users", "--page-size", "1", "--query", "length(Users)"],
      await administratorEnvironment(),
    );
    assert.equal(stdout.trim(), "4");
  });

  const administratorEnvironment = async () =>
    environmentOf(
      await aws(
        [
          "sts",
          "assume-role",
          "--role-arn",
          "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole",
          "--role-session-name",
          "administrator",
        ],
        {
          AWS_ACCESS_KEY_ID: sandbox.aws.deployment.accessKeyId,
          AWS_SECRET_ACCESS_KEY: sandbox.aws.deployment.secretAccessKey,
        },
      ),
    );
});
