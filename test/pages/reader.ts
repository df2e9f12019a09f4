import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";
import { run } from "../../sandbox/engine/run";
import type { Sandbox } from "../../sandbox/sandbox";
import type { ClientCredentials } from "../../sandbox/tour/people";
import { onTerminal, type Shown } from "../run/terminal";
import { setApart } from "./plan";
import type { Block } from "./shell-blocks";

/** What a command asks, and what the reader types. */
export interface Answer {
  /** How the command begins. */
  readonly begin: string;
  /** Left out: it shows none, and needs no terminal. */
  readonly prompt?: RegExp;
  readonly typed: string;
}

/** By the names of the AWS CLI's profiles. */
export type Profiles = Readonly<Record<string, ClientCredentials>>;

/** How somebody reads a block. */
export interface Reading {
  readonly profile: string;
  /** What they write in the place of what stands for their own. */
  readonly own?: (command: string) => string;
  /** Where they are, from the top of the clone; left out: there. */
  readonly folder?: string;
  /** A folder with programs that they have beside the others. */
  readonly programs?: string | undefined;
}

/** Somebody with a clone and a home of their own, and the sandbox for AWS. */
export class Reader {
  private readonly folder = mkdtempSync(join(tmpdir(), "reader-"));
  readonly clone = join(this.folder, "bastion-account");
  readonly home = join(this.folder, "home");
  profiles: Profiles = {};

  constructor(
    private readonly sandbox: Sandbox,
    profiles: Profiles = {},
    private readonly answers: readonly Answer[] = [],
  ) {
    makeClone(this.clone);
    this.hasProfiles(profiles);
  }

  /** These, and no others. */
  hasProfiles(profiles: Profiles): void {
    this.profiles = profiles;
    const { partition } = this.sandbox.aws.cloud;
    const region = partition === "aws" ? "us-east-1" : "us-gov-west-1";
    writeProfiles(join(this.home, ".aws"), region, profiles);
  }

  /** As step 2 of README.md has it, with a folder for the states. */
  async logsIn(profile: string): Promise<void> {
    const { code, screen } = await this.runs(
      [`pulumi login file://${this.home}`],
      {
        profile,
      },
    );
    assert.equal(code, 0, screen);
  }

  /** Does what a block says, but for what the plan names as not run. Gives what was shown. */
  async follows(block: Block, reading: Reading): Promise<string> {
    const { own = String } = reading;
    const commands = block.commands.filter(
      (command) => setApart(block.page, command) === undefined,
    );
    if (commands.length === 0) return "";
    const { code, screen } = await this.runs(commands.map(own), reading);
    assert.equal(code, 0, `${block.page}:${block.line}\n${screen}`);
    return screen;
  }

  /**
   * Pastes the commands into a shell, which stops at the first that fails. There is a terminal only where
   * one of this project's own asks: Pulumi asks a terminal where its cursor is, and waits for an answer.
   */
  async runs(
    commands: readonly string[],
    { profile, folder = ".", programs }: Reading,
  ): Promise<Omit<Shown, "asked">> {
    const script = join(this.folder, "pasted.sh");
    writeFileSync(script, `${commands.join("\n")}\n`);
    const { prompt, typed = "" }: Partial<Answer> =
      this.answers.find(({ begin }) =>
        commands.some((command) => command.startsWith(begin)),
      ) ?? {};
    const shell = `cd '${join(this.clone, folder)}' && exec bash -eo pipefail '${script}' 2>&1`;
    const own = this.environment(profile);
    const PATH = [own["PATH"] ?? "", programs ?? []].flat().join(delimiter);
    const environment = {
      ...own,
      PATH,
      // Pulumi takes it for --yes, which does not go with that.
      ...(commands.some((command) => command.includes("--preview-only"))
        ? {}
        : { PULUMI_SKIP_CONFIRMATIONS: "true" }),
    };
    if (prompt !== undefined) {
      return onTerminal(shell, prompt, () => typed, environment);
    }
    const input = join(this.folder, "typed");
    writeFileSync(input, `${typed}\n`);
    const { code, stdout } = await run("sh", ["-c", `${shell} <'${input}'`], {
      environment,
    });
    return { code, screen: stdout };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** That of a person with nothing but these, and no state's place yet: pulumi login says where. */
  environment(profile: string): Readonly<Record<string, string>> {
    const { aws, workspace } = this.sandbox;
    const settings = Object.entries(workspace.environment);
    return {
      ...workspace.engine.environment,
      ...Object.fromEntries(
        settings.filter(([name]) => name !== "PULUMI_BACKEND_URL"),
      ),
      HOME: this.home,
      PULUMI_HOME: join(this.home, ".pulumi"),
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_PROFILE: profile,
      AWS_CONFIG_FILE: join(this.home, ".aws/config"),
      AWS_SHARED_CREDENTIALS_FILE: join(this.home, ".aws/credentials"),
    };
  }
}

/** What a reader needs, and has installed and built: the tests are not among it. */
function makeClone(folder: string): void {
  const files = execFileSync("git", ["ls-files"], {
    cwd: checkout,
    encoding: "utf8",
  });
  for (const file of files.split("\n")) {
    if (file === "" || file.startsWith("test/")) continue;
    const copy = join(folder, file);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(checkout, file), copy);
  }
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  const compiled = "policy-pack/bin";
  cpSync(join(checkout, compiled), join(folder, compiled), { recursive: true });
}

function writeProfiles(
  folder: string,
  region: string,
  profiles: Profiles,
): void {
  mkdirSync(folder, { recursive: true });
  const names = Object.keys(profiles);
  const config = names.map((name) => `[profile ${name}]\nregion = ${region}\n`);
  const credentials = Object.entries(profiles).map(([name, one]) =>
    [
      `[${name}]`,
      `aws_access_key_id = ${one.accessKeyId}`,
      `aws_secret_access_key = ${one.secretAccessKey}`,
      ...(one.sessionToken === undefined
        ? []
        : [`aws_session_token = ${one.sessionToken}`]),
      "",
    ].join("\n"),
  );
  const mode = 0o600;
  writeFileSync(join(folder, "config"), config.join("\n"), { mode });
  writeFileSync(join(folder, "credentials"), credentials.join("\n"), { mode });
}
