import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runClientConfig } from "../../../commands/client-config/run";
import { run } from "../../../sandbox/engine/run";
import { readStackFile } from "../../../sandbox/project";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import type { Stack } from "../../../sandbox/stack";
import { signInFirstTime } from "../../../sandbox/tour/first-sign-in";
import {
  assignmentsOf,
  isGranted,
  type Assignment,
} from "../../../sandbox/tour/expected";
import type { SignedInUser } from "../../../sandbox/tour/matrix";
import { administratorOf } from "../../../sandbox/tour/people";
import { noTerminal, onTerminal } from "../../run/terminal";

const project = join(__dirname, "../../..");
const code = /Enter MFA code for/;

/** `AWS_ENDPOINT_URL` came with 1.29 and 2.13. */
function noAwsCli(): string | undefined {
  const { stdout, error } = spawnSync("aws", ["--version"], {
    encoding: "utf8",
  });
  if (error)
    return "no AWS CLI on this machine; CONTRIBUTING.md says how to get one";
  const [, major, minor] = /aws-cli\/(\d+)\.(\d+)/.exec(stdout) ?? [];
  return Number(minor) >= (major === "1" ? 29 : 13)
    ? undefined
    : `${stdout.trim()} knows no AWS_ENDPOINT_URL`;
}

/** The fork that is maintained knows AWS_ENDPOINT_URL; its module's path is in the binary. */
function noAwsVault(): string | undefined {
  const { stdout, status } = spawnSync("which", ["aws-vault"], {
    encoding: "utf8",
  });
  if (status !== 0)
    return "no aws-vault on this machine; CONTRIBUTING.md says how to get one";
  return readFileSync(stdout.trim()).includes("github.com/byteness/aws-vault")
    ? undefined
    : "this aws-vault knows no AWS_ENDPOINT_URL";
}

const why = noAwsCli() ?? noTerminal();
const suite = why === undefined ? describe : describe.skip;
const note = why === undefined ? "" : ` (skipped: ${why})`;
const whyNoVault = noAwsVault();
const vaultSuite = whyNoVault === undefined ? describe : describe.skip;
const vaultNote = whyNoVault === undefined ? "" : ` (skipped: ${whyNoVault})`;

suite(`the generated profiles in real clients${note}`, () => {
  const stackFile = readStackFile("bastion");
  let sandbox: Sandbox;
  let bastion: Stack;
  let ada: SignedInUser;
  let folder: string;
  let environment: Record<string, string>;

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    bastion = await sandbox.stack("bastion");
    const workload = await sandbox.stack("workload");
    await bastion.up();
    await workload.up();
    const administrator = await administratorOf(
      sandbox.aws,
      stackFile.bastionAccountId,
    );
    ada = (await signInFirstTime(sandbox.aws, stackFile, administrator, "ada"))
      .user;
    folder = mkdtempSync(join(tmpdir(), "real clients "));
    environment = {
      AWS_ENDPOINT_URL: sandbox.aws.endpoint,
      AWS_CONFIG_FILE: join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
      AWS_PAGER: "",
      // Whatever does not go to the sandbox goes nowhere.
      HTTPS_PROXY: "http://127.0.0.1:9",
      HOME: folder,
    };
    assert.equal(await clientConfig("ada"), 0);
  });

  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const clientConfig = (user: string, file = join(folder, "config")) =>
    runClientConfig(
      [user, "--yes", "--file", file, "--mfa-device", `phone-of-${user}`],
      {
        project,
        folder,
        environment: {},
        say: () => undefined,
        complain: console.error,
      },
    );

  /** What the stack file grants, read by the sandbox, and not by the program. */
  const granted = (): readonly Assignment[] =>
    assignmentsOf(stackFile).filter((assignment) =>
      isGranted(stackFile, "ada", assignment),
    );
  const profileOf = ({ account, role }: Assignment) =>
    `${account}-${role}`.toLowerCase();
  const key = () => ({
    AWS_ACCESS_KEY_ID: ada.withoutMfa.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ada.withoutMfa.secretAccessKey,
  });

  /** Where the AWS CLI keeps sessions of roles. */
  const forgetSessions = () => {
    rmSync(join(folder, ".aws"), { recursive: true, force: true });
  };

  const identity = "sts get-caller-identity --query Arn --output text";
  const arnOf = ({ accountId, role }: Assignment): string =>
    `arn:aws:sts::${accountId}:assumed-role/${role}/ada`;
  const nextCode = () => ada.person.mfa().code;

  it("are one for each role that the stack file grants, and no other", () => {
    const text = readFileSync(join(folder, "config"), "utf8");
    assert.deepEqual(
      [...text.matchAll(/^\[profile (.+)\]$/gm)].map(([, name]) => name).sort(),
      ["bastion", ...granted().map(profileOf)].sort(),
    );
  });

  describe("the AWS CLI, with the key in a keychain", () => {
    let withKeychain: Record<string, string>;

    before(() => {
      forgetSessions();
      // In place of aws-vault: tells the key, as its keychain would, to this very question alone.
      const bin = join(folder, "bin");
      mkdirSync(bin);
      writeFileSync(
        join(bin, "aws-vault"),
        `#!/bin/sh
test "$*" = "export --no-session --format=json bastion" || exit 1
printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s"}' "$KEY_ID" "$KEY_SECRET"
`,
      );
      chmodSync(join(bin, "aws-vault"), 0o755);
      withKeychain = {
        ...environment,
        PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
        KEY_ID: key().AWS_ACCESS_KEY_ID,
        KEY_SECRET: key().AWS_SECRET_ACCESS_KEY,
      };
    });

    for (const assignment of granted()) {
      it(`takes ${assignment.role} in ${assignment.account} as ${profileOf(assignment)}, once the code is given`, async () => {
        const {
          code: exit,
          screen,
          asked,
        } = await onTerminal(
          `aws --profile ${profileOf(assignment)} ${identity}`,
          code,
          nextCode,
          withKeychain,
        );
        assert.equal(exit, 0, screen);
        assert.equal(asked, 1);
        assert.ok(screen.includes(arnOf(assignment)), screen);
      });
    }

    it("does not ask again while the role's session lasts", async () => {
      const { stdout, stderr } = await run(
        "aws",
        ["--profile", "dev-readonly", ...identity.split(" ")],
        { environment: withKeychain },
      );
      assert.match(stdout, /assumed-role\/ReadOnly\/ada/, stderr);
    });

    it("is kept out with a wrong code", async () => {
      forgetSessions();
      const { code: exit, screen } = await onTerminal(
        `aws --profile prod-readonly ${identity}`,
        code,
        () => "000000",
        withKeychain,
      );
      assert.notEqual(exit, 0);
      assert.match(screen, /AccessDenied/);
    });
  });

  it("work with a key in ~/.aws/credentials too, which comes before the keychain's", async () => {
    writeFileSync(
      join(folder, "credentials"),
      `[bastion]\naws_access_key_id = ${key().AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${key().AWS_SECRET_ACCESS_KEY}\n`,
    );
    forgetSessions();
    const { screen } = await onTerminal(
      `aws --profile prod-readonly ${identity}`,
      code,
      nextCode,
      environment,
    );
    rmSync(join(folder, "credentials"));
    assert.match(screen, /assumed-role\/ReadOnly\/ada/);
  });

  it("are read from a file of CRLF lines, behind what was there", async () => {
    const file = join(folder, "windows");
    writeFileSync(file, "[default]\r\nregion = eu-west-1");
    assert.equal(await clientConfig("chen", file), 0);
    const get = async (setting: string, profile: string) =>
      (
        await run("aws", ["configure", "get", setting, "--profile", profile], {
          environment: { ...environment, AWS_CONFIG_FILE: file },
        })
      ).stdout.trim();
    assert.equal(await get("region", "default"), "eu-west-1");
    assert.equal(
      await get("role_arn", "prod-analyst"),
      "arn:aws:iam::033333333333:role/Analyst",
    );
  });

  it("are the deployed stack's output clientConfig, word for word", async () => {
    let printed = "";
    await runClientConfig(["ada", "--print"], {
      project,
      folder,
      environment: {},
      say: (text) => (printed += text),
      complain: console.error,
    });
    const { clientConfig: texts } = await bastion.outputs();
    assert.deepEqual(Object.keys(texts as object).sort(), [
      "ada",
      "bashir",
      "chen",
    ]);
    assert.equal((texts as Record<string, string>)["ada"], printed);
  });

  vaultSuite(`aws-vault${vaultNote}`, () => {
    let withVault: Record<string, string>;

    before(async () => {
      withVault = {
        ...environment,
        AWS_VAULT_BACKEND: "file",
        AWS_VAULT_FILE_DIR: join(folder, "vault"),
        AWS_VAULT_FILE_PASSPHRASE: "of the test",
        AWS_VAULT_PROMPT: "terminal",
      };
      const before = readFileSync(join(folder, "config"), "utf8");
      const added = await run("aws-vault", ["add", "bastion", "--env"], {
        environment: { ...withVault, ...key() },
      });
      assert.equal(added.code, 0, added.stderr);
      assert.equal(readFileSync(join(folder, "config"), "utf8"), before);
    });

    it("takes every role, and asks for one code in all", async () => {
      let asked = 0;
      for (const assignment of granted()) {
        const shown = await onTerminal(
          `aws-vault exec ${profileOf(assignment)} -- aws ${identity}`,
          code,
          nextCode,
          withVault,
        );
        assert.ok(shown.screen.includes(arnOf(assignment)), shown.screen);
        asked += shown.asked;
      }
      assert.equal(asked, 1);
    });

    it("gives the AWS CLI the key for a profile of its own", async () => {
      forgetSessions();
      const shown = await onTerminal(
        `aws --profile prod-poweruser ${identity}`,
        code,
        nextCode,
        withVault,
      );
      assert.match(shown.screen, /assumed-role\/PowerUser\/ada/);
      assert.equal(shown.asked, 1);
    });

    it("is refused OpsSudo when the session is old, and gets in with a code of its own", async () => {
      sandbox.aws.clock.advance(3_700);
      const command = (options: string) =>
        onTerminal(
          `aws-vault exec ${options} prod-opssudo -- aws ${identity}`,
          code,
          nextCode,
          withVault,
        );
      const old = await command("");
      assert.equal(old.asked, 0);
      assert.match(old.screen, /AccessDenied/);
      const fresh = await command("--no-session");
      assert.equal(fresh.asked, 1);
      assert.match(fresh.screen, /assumed-role\/OpsSudo\/ada/);
    });
  });
});
