import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureEngine, type Engine } from "../../../sandbox/engine";
import { workFolder } from "../../../sandbox/engine/paths";
import { runPulumi } from "../../../sandbox/engine/pulumi";
import type { Finished } from "../../../sandbox/engine/run";
import { addressOfStates } from "../../../sandbox/state-address";

/** Starts fast; JSON is YAML. The path is from a folder below `.sandbox`. */
const runtime = {
  name: "nodejs",
  options: { typescript: false, nodeargs: "--require ../../infra/start" },
};

/** A small program of its own, run by the real engine with the provider attached. */
export class Program {
  private constructor(
    private readonly engine: Engine,
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async create(port: number): Promise<Program> {
    const engine = await ensureEngine(console.log);
    mkdirSync(workFolder, { recursive: true });
    // Inside the checkout, so that the program finds its packages.
    const folder = mkdtempSync(join(workFolder, "program-"));
    mkdirSync(join(folder, "state"));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      JSON.stringify({ name: "small", runtime, main: "index.js" }),
    );
    const program = new Program(engine, folder, {
      PULUMI_BACKEND_URL: addressOfStates(join(folder, "state")),
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_DEBUG_PROVIDERS: `aws:${port}`,
    });
    program.write("");
    const { code, stderr } = await program.run("stack", "init", "dev");
    if (code !== 0) throw new Error(stderr);
    return program;
  }

  /** Puts JavaScript in the place of the program; `aws` and `pulumi` are there. */
  write(body: string): void {
    writeFileSync(
      join(this.folder, "index.js"),
      `const pulumi = require("@pulumi/pulumi");
const aws = {
  Provider: require("@pulumi/aws/provider").Provider,
  User: require("@pulumi/aws/iam/user").User,
  Role: require("@pulumi/aws/iam/role").Role,
  UserLoginProfile: require("@pulumi/aws/iam/userLoginProfile").UserLoginProfile,
};
${body}`,
    );
  }

  run(...args: readonly string[]): Promise<Finished> {
    return runPulumi(this.engine, args, {
      cwd: this.folder,
      environment: this.environment,
    });
  }

  /** Runs `up`, and gives the outputs. */
  async up(...args: readonly string[]): Promise<Record<string, unknown>> {
    const done = await this.run("up", "--yes", "--skip-preview", ...args);
    if (done.code !== 0) throw new Error(`${done.stdout}\n${done.stderr}`);
    const { stdout } = await this.run("stack", "output", "--json");
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
