import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { STS } from "@aws-sdk/client-sts";
import { fromIni } from "@aws-sdk/credential-providers";
import { codeFor } from "../../sandbox/aws/totp";
import { checkout } from "../../sandbox/engine/paths";
import { run, type Finished } from "../../sandbox/engine/run";

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

  /** Runs a line in a shell that has read what was printed to be read. */
  async runs(line: string): Promise<Finished> {
    const lines = [this.found(/^(cd .*)$/m), this.found(/^(\. .*)$/m), line];
    return run("sh", ["-c", lines.join("\n")], {
      // As in a person's shell: what this process has set would pass on.
      environment: {
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined,
      },
    });
  }

  /** The same of the line that was printed and begins so. */
  async runsPrinted(begin: string): Promise<Finished> {
    const line = this.printed.split("\n").find((one) => one.startsWith(begin));
    assert.ok(line, this.printed);
    return this.runs(line);
  }

  /** What a shell is told to be set to under that name. */
  setting(name: string): string {
    return this.found(new RegExp(`^ +${name}=(.*)$`, "m"));
  }

  /** What the pattern's group finds in what was printed. */
  found(pattern: RegExp): string {
    const [, found] = pattern.exec(this.printed) ?? [];
    assert.ok(found, this.printed);
    return found;
  }

  /** Who a profile makes one, with a code of the user's device where it asks for one. */
  async caller(profile: string, code = ""): Promise<string> {
    const region = "us-east-1";
    const endpoint = this.setting("AWS_ENDPOINT_URL");
    const sts = new STS({
      ...{ endpoint, region },
      credentials: fromIni({
        profile,
        filepath: this.setting("AWS_SHARED_CREDENTIALS_FILE"),
        configFilepath: this.setting("AWS_CONFIG_FILE"),
        clientConfig: { endpoint, region },
        mfaCodeProvider: () => Promise.resolve(code),
      }),
    });
    const { Arn = "" } = await sts.getCallerIdentity({});
    return Arn;
  }

  async page(): Promise<string> {
    const answer = await fetch(this.found(/Look on: (http:.*)$/m));
    return answer.text();
  }

  /** Also of one that did not come to its end by itself: it would run on when the tests are done. */
  async stop(signal: NodeJS.Signals = "SIGINT"): Promise<void> {
    const { exitCode, signalCode } = this.child;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill(signal);
    await ended;
  }
}

const messages = ({ stdout, stderr }: Finished): string => stdout + stderr;

/** The committed stack files, and whatever lies beside them under such a name. */
const stackFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(checkout)
      .filter((file) => /^Pulumi\..*yaml$/.test(file))
      .map((file) => [file, readFileSync(join(checkout, file), "utf8")]),
  );

describe("npm run sandbox", () => {
  describe("with both stacks", () => {
    const shell = { current: undefined as unknown as Shell };
    before(async () => {
      shell.current = new Shell();
      await shell.current.ready();
    });
    after(() => shell.current.stop());

    it("has Pulumi preview and deploy by hand, and leaves the stack files as they are", async () => {
      const committed = stackFiles();
      const preview = await shell.current.runsPrinted("pulumi preview");
      assert.equal(preview.code, 0, messages(preview));
      assert.match(preview.stdout, /Pulumi:Stack|\d+ unchanged/);
      assert.doesNotMatch(preview.stdout, /to (create|update|replace)/);
      for (const line of [
        "pulumi stack select workload && pulumi up --yes --skip-preview",
        "cd infra && pulumi refresh --yes --stack workload",
      ]) {
        const finished = await shell.current.runs(line);
        assert.equal(finished.code, 0, messages(finished));
        assert.match(finished.stdout, /\d+ unchanged/);
      }
      assert.deepEqual(stackFiles(), committed);
    });

    it("has npm run deploy find nothing to do", async () => {
      const committed = stackFiles();
      const folder = dirname(shell.current.setting("AWS_CONFIG_FILE"));
      const finished = await shell.current.runs(
        `npm run deploy -- --changed --logs '${folder}/logs'`,
      );
      assert.equal(finished.code, 0, messages(finished));
      assert.match(messages(finished), /All 2 stacks are done/);
      assert.deepEqual(stackFiles(), committed);
    });

    it("has npm run verify find them as the config has them", async () => {
      const finished = await shell.current.runsPrinted("npm run verify");
      assert.equal(finished.code, 0, messages(finished));
      assert.match(messages(finished), /3 of 3 accounts/);
      assert.doesNotMatch(
        messages(finished),
        /Node\.js 20|NodeVersionSupportWarning/,
      );
    });

    it("has every profile work, its own and those of client-config", async () => {
      const written = await shell.current.runs(
        "npm run client-config -- ada --yes",
      );
      assert.equal(written.code, 0, messages(written));
      const seed = /<code>([A-Z2-7]{64})<\/code>\s*<code>[^<]*mfa\/ada</.exec(
        await shell.current.page(),
      )?.[1];
      assert.ok(seed);
      // As a phone beside the machine shows them: by the time of the day, and each once.
      const now = Date.now();
      const code = (periods: number) =>
        codeFor(seed, new Date(now + periods * 30_000));
      const role = (account: string) =>
        `arn:aws:sts::${account}:assumed-role/ReadOnly/ada`;
      assert.match(await shell.current.caller("ada"), /user\/ada$/);
      assert.equal(
        await shell.current.caller("prod-readonly", code(0)),
        role("033333333333"),
      );
      assert.equal(
        await shell.current.caller("ada-dev-readonly", code(1)),
        role("222222222222"),
      );
    });

    it("shows the users, and what was called", async () => {
      const page = await shell.current.page();
      for (const name of ["ada", "bashir", "chen", "dolores"]) {
        assert.ok(page.includes(`<h3>${name}</h3>`), name);
      }
      assert.equal(page.match(/<output>\d{6}<\/output>/g)?.length, 4);
      assert.match(page, /ada as ReadOnly in prod/);
    });
  });

  it("offers a messy account beside another, and adopt proposes how to take it over", async () => {
    const shells = [new Shell("--messy"), new Shell("--messy")] as const;
    const [first, second] = shells;
    const names = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];
    try {
      await Promise.all(shells.map((shell) => shell.ready()));
      const adopt = await first.runsPrinted("npm run adopt");
      assert.equal(adopt.code, 1, messages(adopt));
      assert.match(
        messages(adopt),
        /Programs, which get a role\n +build-server/,
      );
      const callers = ["organisation", "deployment"].map((profile) =>
        first.caller(profile),
      );
      const [organisation, deployment] = await Promise.all(callers);
      assert.match(organisation ?? "", /^arn:aws:iam::\d+:user\//);
      assert.notEqual(organisation, deployment);
      // As of a terminal that is closed.
      await second.stop("SIGHUP");
      for (const name of names) {
        assert.ok(existsSync(first.setting(name)), name);
        assert.ok(!existsSync(second.setting(name)), name);
      }
    } finally {
      await first.stop();
    }
    for (const name of names) assert.ok(!existsSync(first.setting(name)));
  });
});
