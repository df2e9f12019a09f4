import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildTemplate, newProject } from "../../examples/template/build";
import { checkout } from "../../sandbox/engine/paths";
import { run, type Finished } from "../../sandbox/engine/run";
import type { Sandbox } from "../../sandbox/sandbox";
import { inDialogue, type Answer } from "../run/terminal";

/** A project that `pulumi new` makes of the template, in a sandbox. */
export class NewProject {
  private readonly parent = mkdtempSync(join(tmpdir(), "new project "));
  readonly template = join(this.parent, "template");
  readonly folder = join(this.parent, "project");

  constructor(private readonly sandbox: Sandbox) {
    buildTemplate(this.template);
    mkdirSync(this.folder);
    // Pulumi's own language host would have npm install packages, from the network.
    const npm = join(this.parent, "bin", "npm");
    mkdirSync(join(this.parent, "bin"));
    writeFileSync(npm, "#!/bin/sh\n", { mode: 0o755 });
  }

  /** Answers at a terminal; gives what it showed. */
  async make(answers: readonly Answer[]): Promise<string> {
    const command = `${newProject(this.template)} --dir '${this.folder}'`;
    const { screen } = await inDialogue(command, answers, this.environment);
    const modules = join(this.folder, "node_modules");
    if (!existsSync(modules)) {
      symlinkSync(join(checkout, "node_modules"), modules);
    }
    return screen;
  }

  pulumi(...args: readonly string[]): Promise<Finished> {
    const { cli } = this.sandbox.workspace.engine;
    return run(cli, ["--non-interactive", ...args], {
      cwd: this.folder,
      environment: { ...this.environment, PULUMI_SKIP_CONFIRMATIONS: "true" },
    });
  }

  close(): void {
    rmSync(this.parent, { recursive: true, force: true });
  }

  private get environment(): Readonly<Record<string, string>> {
    const { environment, engine } = this.sandbox.workspace;
    const PATH = [join(this.parent, "bin"), engine.environment["PATH"]];
    return {
      ...environment,
      ...engine.environment,
      PATH: PATH.join(delimiter),
    };
  }
}
