import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Engine } from "./engine";
import { checkout } from "./engine/paths";
import { runPulumi } from "./engine/pulumi";
import type { Finished } from "./engine/run";
import { stackFileText } from "./project";

/** What the stacks of one sandbox share. */
export interface StackWorkspace {
  readonly engine: Engine;
  /** A folder of this sandbox's own, for states and stack files. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
}

/** A Pulumi command that did not succeed. */
export class PulumiError extends Error {
  constructor(
    command: string,
    readonly run: Finished,
  ) {
    super(`pulumi ${command} failed:\n${run.stdout}\n${run.stderr}`.trim());
    this.name = "PulumiError";
  }
}

/**
 * One stack of the project in this checkout, or of another, deployed by the real engine.
 *
 * Creating a stack writes into its stack file, so that file is a copy; the program, Pulumi.yaml and
 * the copied text are those of the project.
 */
export class Stack {
  private constructor(
    readonly name: string,
    private readonly workspace: StackWorkspace,
    private readonly project: string,
  ) {}

  /**
   * `config` is the text of the stack file; left out: the committed one. `project` is the folder of
   * the project; left out: this checkout.
   */
  static async create(
    workspace: StackWorkspace,
    name: string,
    config = stackFileText(name),
    project = checkout,
  ): Promise<Stack> {
    const stack = Stack.prepared(workspace, name, config, project);
    await stack.must(["stack", "init", name], stack.projectFolder);
    return stack;
  }

  /** The same stack, deployed from now on by the project in another folder, of the same name. */
  inProject(project: string, config: string): Stack {
    return Stack.prepared(this.workspace, this.name, config, project);
  }

  private static prepared(
    workspace: StackWorkspace,
    name: string,
    config: string,
    project: string,
  ): Stack {
    const stack = new Stack(name, workspace, project);
    mkdirSync(stack.projectFolder, { recursive: true });
    cpSync(
      join(project, "Pulumi.yaml"),
      join(stack.projectFolder, "Pulumi.yaml"),
    );
    stack.writeConfig(config);
    return stack;
  }

  /** Puts another stack file in the place of the last one. */
  writeConfig(config: string): void {
    writeFileSync(this.configFile, config);
  }

  up(...args: readonly string[]): Promise<Finished> {
    return this.change("up", ...args);
  }

  /** Does not throw: a preview that fails is often what is wanted. */
  preview(
    environment: Readonly<Record<string, string>> = {},
    ...args: readonly string[]
  ): Promise<Finished> {
    return this.run(
      ["preview", ...quietly, ...this.flags, ...args],
      this.project,
      environment,
    );
  }

  refresh(...args: readonly string[]): Promise<Finished> {
    return this.change("refresh", ...args);
  }

  destroy(): Promise<Finished> {
    return this.change("destroy");
  }

  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const outputs = ["stack", "output", "--json", "--stack", this.name];
    const { stdout } = await this.must(outputs);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** The state, as text. */
  async exported(): Promise<string> {
    return (await this.must(["stack", "export", "--stack", this.name])).stdout;
  }

  run(
    args: readonly string[],
    cwd = this.project,
    further: Readonly<Record<string, string>> = {},
  ): Promise<Finished> {
    const { engine, environment, onLine } = this.workspace;
    return runPulumi(engine, args, {
      cwd,
      environment: { ...environment, ...further },
      ...(onLine ? { onLine } : {}),
    });
  }

  /** What a command of Pulumi's needs in order to mean this stack, and its config. */
  get flags(): readonly string[] {
    return ["--stack", this.name, "--config-file", this.configFile];
  }

  private get projectFolder(): string {
    return join(this.workspace.folder, "projects", basename(this.project));
  }

  private get configFile(): string {
    return join(this.projectFolder, `Pulumi.${this.name}.yaml`);
  }

  private change(command: string, ...args: readonly string[]) {
    const atOnce = ["--yes", "--skip-preview"];
    return this.must([command, ...atOnce, ...quietly, ...this.flags, ...args]);
  }

  private async must(
    args: readonly string[],
    cwd = this.project,
  ): Promise<Finished> {
    const finished = await this.run(args, cwd);
    if (finished.code === 0) return finished;
    throw new PulumiError(args.join(" "), finished);
  }
}

/** Without a line of dots for each moment in which nothing happens. */
const quietly = ["--suppress-progress"];

/** Removes what a sandbox's stacks left on the disk. */
export const removeFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
};
