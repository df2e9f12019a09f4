import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { STS } from "@aws-sdk/client-sts";
import { fromIni } from "@aws-sdk/credential-providers";
import { signIn } from "../../sandbox/aws/console-client";
import { codeFor } from "../../sandbox/aws/totp";
import { checkout } from "../../sandbox/engine/paths";
import { run, type Finished } from "../../sandbox/engine/run";
import { readStackFile } from "../../sandbox/project";

/** A sandbox that somebody has started, and what it has printed for them to paste. */
class Shell {
  private printed = "";
  private readonly child: ChildProcess;

  constructor(...options: readonly string[]) {
    this.child = spawn(
      process.execPath,
      [
        "-r",
        "./sandbox/environment.js",
        "-r",
        "./infra/start",
        "sandbox/shell.ts",
        ...options,
      ],
      { cwd: checkout, stdio: ["pipe", "pipe", "inherit"] },
    );
  }

  async ready(): Promise<void> {
    assert.ok(this.child.stdout);
    for await (const chunk of this.child.stdout) {
      this.printed += String(chunk);
      if (this.printed.includes("Ctrl-C stops the sandbox")) return;
    }
    assert.fail(`the sandbox has stopped:\n${this.printed}`);
  }

  /** Runs the line of what was printed that begins so, with what was printed to be exported. */
  async runs(begin: string): Promise<Finished> {
    const line = this.printed.split("\n").find((one) => one.startsWith(begin));
    assert.ok(line, this.printed);
    const exports = this.printed.match(/^export .*$/gm) ?? [];
    const script = [...exports, line].join("\n");
    return run("sh", ["-c", script], {
      cwd: checkout,
      // As in a person's shell: what this process has set would pass on.
      environment: {
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined,
      },
    });
  }

  /** What was printed to be exported under that name. */
  exported(name: string): string {
    return this.found(new RegExp(`^export ${name}='(.*)'$`, "m"));
  }

  /** What the pattern's group finds in what was printed. */
  found(pattern: RegExp): string {
    const [, found] = pattern.exec(this.printed) ?? [];
    assert.ok(found, this.printed);
    return found;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.kill("SIGINT");
    await ended;
  }
}

/** The profile of the organisation's administrator, in the management account. */
async function namesTheOrganisation(shell: Shell): Promise<void> {
  const sts = new STS({
    endpoint: shell.exported("AWS_ENDPOINT_URL"),
    region: "us-east-1",
    credentials: fromIni({
      profile: "organisation",
      filepath: shell.exported("AWS_SHARED_CREDENTIALS_FILE"),
      configFilepath: shell.exported("AWS_CONFIG_FILE"),
    }),
  });
  const { Arn = "" } = await sts.getCallerIdentity({});
  assert.match(Arn, /^arn:aws:(iam|sts)::/);
  const deployment = new STS({
    endpoint: shell.exported("AWS_ENDPOINT_URL"),
    region: "us-east-1",
    credentials: fromIni({
      profile: "deployment",
      filepath: shell.exported("AWS_SHARED_CREDENTIALS_FILE"),
      configFilepath: shell.exported("AWS_CONFIG_FILE"),
    }),
  });
  const { Arn: other } = await deployment.getCallerIdentity({});
  assert.notEqual(Arn, other);
}

/** As a phone beside the machine shows them: by the time of the day. */
async function takesCodesOfNow(shell: Shell): Promise<void> {
  const user = "ada";
  const endpoint = shell.exported("AWS_ENDPOINT_URL");
  const seed = shell.found(
    new RegExp(`${user}, whose authenticator's key is (\\w+)`),
  );
  const now = new Date();
  const { bastionAccountId: account } = readStackFile("bastion");
  const sts = new STS({
    endpoint,
    region: "us-east-1",
    credentials: fromIni({
      profile: user,
      filepath: shell.exported("AWS_SHARED_CREDENTIALS_FILE"),
      configFilepath: shell.exported("AWS_CONFIG_FILE"),
    }),
  });
  await sts.getSessionToken({
    SerialNumber: `arn:aws:iam::${account}:mfa/phone-of-${user}`,
    TokenCode: codeFor(seed, now),
  });
  await signIn(endpoint, {
    account,
    userName: user,
    password: "Own-password-of-ada-2?",
    mfaCode: codeFor(seed, new Date(now.getTime() + 30_000)),
  });
}

describe("npm run sandbox", () => {
  for (const { title, options, command, code, says, then } of [
    {
      title: "both stacks, and verify finds them as the config has them",
      options: [],
      command: "npm run verify",
      code: 0,
      says: /3 of 3 accounts/,
      then: takesCodesOfNow,
    },
    {
      title: "a messy account, and adopt proposes how to take it over",
      options: ["--messy"],
      command: "npm run adopt",
      code: 1,
      says: /Programs, which get a role\n +build-server/,
      then: namesTheOrganisation,
    },
  ]) {
    it(`offers ${title}`, async () => {
      const shell = new Shell(...options);
      try {
        await shell.ready();
        const finished = await shell.runs(command);
        const said = finished.stdout + finished.stderr;
        assert.equal(finished.code, code, said);
        assert.match(said, says);
        assert.doesNotMatch(said, /Node\.js 20|NodeVersionSupportWarning/);
        await then(shell);
      } finally {
        await shell.stop();
      }
    });
  }

  it("keeps its files from a second one in the same checkout", async () => {
    const shells = [new Shell("--messy"), new Shell("--messy")] as const;
    const [first, second] = shells;
    try {
      await Promise.all(shells.map((shell) => shell.ready()));
      const files = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"].map(
        (name) => [first.exported(name), second.exported(name)] as const,
      );
      for (const [own, other] of files) assert.notEqual(own, other);
      await second.stop();
      for (const [own, other] of files) {
        assert.ok(existsSync(own), own);
        assert.ok(!existsSync(other), other);
      }
    } finally {
      await first.stop();
    }
    for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) {
      assert.ok(!existsSync(first.exported(name)));
    }
  });
});
