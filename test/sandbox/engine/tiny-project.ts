import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../../../sandbox/engine";
import { checkout } from "../../../sandbox/engine/paths";
import { runPulumi } from "../../../sandbox/engine/pulumi";
import type { Finished } from "../../../sandbox/engine/run";
import { addressOfStates } from "../../../sandbox/state-address";

/** A project of one file, in a folder of its own whose path has a space. */
export class TinyProject {
  readonly folder = mkdtempSync(join(tmpdir(), "a project "));

  constructor(private readonly engine: Engine) {
    mkdirSync(join(this.folder, "state"));
    this.write("package.json", { name: "tiny", version: "1.0.0" });
    this.write("tsconfig.json", {
      compilerOptions: { noCheck: true, rootDir: "." },
    });
  }

  write(file: string, content: string | object): void {
    writeFileSync(
      join(this.folder, file),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  }

  /** Puts the program in the place of the last one, and makes a stack for it. */
  async program(stack: string, text: string, options = {}): Promise<void> {
    const runtime = { name: "nodejs", options };
    this.write("Pulumi.yaml", { name: "tiny", runtime, main: "index.ts" });
    this.write("index.ts", text);
    await this.pulumi("stack", "init", stack);
  }

  readonly pulumi = (...args: readonly string[]): Promise<Finished> =>
    runPulumi(this.engine, args, {
      cwd: this.folder,
      environment: this.environment,
    });

  get environment(): Readonly<Record<string, string>> {
    return {
      PULUMI_BACKEND_URL: addressOfStates(join(this.folder, "state")),
      PULUMI_CONFIG_PASSPHRASE: "test",
      // The program finds @pulumi/pulumi where this checkout has it.
      NODE_PATH: join(checkout, "node_modules"),
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
