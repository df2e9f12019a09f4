import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { checkout } from "../../../sandbox/engine/paths";
import { run, type Finished } from "../../../sandbox/engine/run";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import { projectWith } from "../../examples/project-text";

export const example = join(checkout, "examples/fifty-accounts");

/** A project of its own with this checkout's program, and the sandbox that it is deployed into. */
export class ManyAccounts {
  private constructor(
    readonly sandbox: Sandbox,
    readonly folder: string,
    /** Of the accounts, by name. */
    readonly ids: ReadonlyMap<string, string>,
  ) {}

  /** The example of fifty accounts. */
  static async start({
    absent,
    alarm,
  }: {
    /** An account of the example that is not in the sandbox. */
    readonly absent: string;
    /** The config's breakGlassAlarm. */
    readonly alarm: string;
  }): Promise<ManyAccounts> {
    const text = fiftyAccounts(alarm);
    const { config } = parse(text) as ProjectText;
    const accounts = Object.entries(config.accounts.default);
    const sandbox = await startSandbox({
      progress: console.log,
      furtherAccounts: accounts
        .map(([name, { id }]) => ({ name, id }))
        // The committed stack files have that one already.
        .filter(({ name, id }) => name !== absent && id !== "222222222222"),
    });
    const folder = mkdtempSync(join(tmpdir(), "many accounts "));
    for (const name of ["infra", "node_modules", "package.json"]) {
      symlinkSync(join(checkout, name), join(folder, name));
    }
    const bastion = "Pulumi.bastion.yaml";
    copyFileSync(join(example, bastion), join(folder, bastion));
    mkdirSync(join(folder, ".github"));
    copyFileSync(
      join(example, "rules.json"),
      join(folder, ".github", "rules.json"),
    );
    const ids = new Map(accounts.map(([name, { id }]) => [name, id]));
    const project = new ManyAccounts(sandbox, folder, ids);
    project.writeFile("Pulumi.yaml", text);
    return project;
  }

  writeFile(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Where the engine keeps the stack's state. */
  stateFile(stack: string): string {
    return join(
      this.sandbox.workspace.folder,
      `state/.pulumi/stacks/bastion-account/${stack}.json`,
    );
  }

  /** What Node.js is given, for the command to run as npm runs it. */
  command(
    command: "deploy" | "preview",
    ...options: readonly string[]
  ): readonly string[] {
    const file = "commands/deploy/command.ts";
    const project = ["--project", this.folder];
    return ["-r", "./infra/start", file, command, ...project, ...options];
  }

  npm(...command: Parameters<ManyAccounts["command"]>): Promise<Finished> {
    return run(process.execPath, this.command(...command), {
      cwd: checkout,
      environment: this.environment,
    });
  }

  pulumi(...args: readonly string[]): Promise<Finished> {
    const { cli } = this.sandbox.workspace.engine;
    return run(cli, ["--non-interactive", ...args], {
      cwd: this.folder,
      environment: this.environment,
    });
  }

  get environment(): Readonly<Record<string, string>> {
    const { aws, workspace } = this.sandbox;
    return {
      ...workspace.environment,
      ...workspace.engine.environment,
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: aws.deployment.accessKeyId,
      AWS_SECRET_ACCESS_KEY: aws.deployment.secretAccessKey,
    };
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface ProjectText {
  readonly config: {
    readonly accounts: {
      readonly default: Readonly<Record<string, { readonly id: string }>>;
    };
  };
}

/** The committed Pulumi.yaml with the example's accounts, as its README says, and an alarm. */
export const fiftyAccounts = (alarm = "{}"): string =>
  projectWith(join(checkout, "Pulumi.yaml"), join(example, "accounts.yaml"), {
    breakGlassAlarm: parse(alarm),
  });
