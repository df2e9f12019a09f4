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
import { dirname, join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";
import { run } from "../../sandbox/engine/run";
import type { Sandbox } from "../../sandbox/sandbox";
import type { ClientCredentials } from "../../sandbox/tour/people";
import { onTerminal, type Shown } from "../run/terminal";

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

/** Somebody with a clone and a home of their own, and the sandbox for AWS. */
export class Reader {
  private readonly folder = mkdtempSync(join(tmpdir(), "reader-"));
  readonly clone = join(this.folder, "bastion-account");
  readonly home = join(this.folder, "home");

  constructor(
    private readonly sandbox: Sandbox,
    profiles: Profiles,
    private readonly answers: readonly Answer[],
  ) {
    makeClone(this.clone);
    writeProfiles(join(this.home, ".aws"), profiles);
  }

  /**
   * Pastes the commands into a shell, which stops at the first that fails. There is a terminal only where
   * one of this project's own asks: Pulumi asks a terminal where its cursor is, and waits for an answer.
   */
  async runs(
    commands: readonly string[],
    profile: string,
  ): Promise<Omit<Shown, "asked">> {
    const script = join(this.folder, "pasted.sh");
    writeFileSync(script, `${commands.join("\n")}\n`);
    const { prompt, typed = "" }: Partial<Answer> =
      this.answers.find(({ begin }) =>
        commands.some((command) => command.startsWith(begin)),
      ) ?? {};
    const shell = `cd '${this.clone}' && exec bash -eo pipefail '${script}' 2>&1`;
    const environment = {
      ...this.environment(profile),
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

function writeProfiles(folder: string, profiles: Profiles): void {
  mkdirSync(folder, { recursive: true });
  const names = Object.keys(profiles);
  const config = names.map((name) => `[profile ${name}]\nregion = us-east-1\n`);
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
