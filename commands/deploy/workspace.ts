import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { readProject } from "../../infra/config/from-files";
import {
  parseExportedStack,
  type ExportedStack,
} from "../stacks/exported-stack";
import { leftoversOf } from "../stacks/leftovers";
import { mustPulumi, pulumiSettings, runPulumi } from "../stacks/pulumi";
import { configText, type Setting } from "./config-copy";
import { remedyForUnlisted } from "./unlisted-stacks";

/** A stack that is there, and the file that Pulumi may write its config into. */
export interface OpenStack {
  readonly stack: Stack;
  readonly configFile: string;
}

/** A stack as the backend lists it. */
export interface KnownStack {
  readonly name: string;
  readonly resources: number;
}

/**
 * The project in the backend that Pulumi is logged in to. Neither the checkout nor which stack is
 * selected in it is changed.
 */
export class ProjectWorkspace {
  private constructor(
    readonly folder: string,
    /** For what Pulumi writes. */
    private readonly copies: string,
    private readonly local: LocalWorkspace,
    private readonly settings: readonly Setting[],
  ) {}

  static async open(
    folder: string,
    settings: readonly Setting[],
  ): Promise<ProjectWorkspace> {
    const local = await LocalWorkspace.create({
      workDir: folder,
      envVars: { ...pulumiSettings },
    });
    const copies = mkdtempSync(join(tmpdir(), "bastion-account-"));
    return new ProjectWorkspace(folder, copies, local, settings);
  }

  close(): void {
    rmSync(this.copies, { recursive: true, force: true });
  }

  /**
   * @param expected names of stacks that may be there
   * @throws Error when there is no backend, nobody is logged in, or a state can't be read
   */
  async stacks(expected: readonly string[]): Promise<readonly KnownStack[]> {
    const all = await this.local.listStacks().catch(async (error: unknown) => {
      const printed = error instanceof Error ? error.message : String(error);
      const remedy = await remedyForUnlisted(printed, expected, (stack) =>
        this.isUnreadable(stack),
      );
      throw new Error(
        `Pulumi can't list the stacks: ${firstErrorIn(printed)}. ${remedy}`,
        { cause: error },
      );
    });
    return all.map(({ name, resourceCount = 0 }) => ({
      // Another organisation's than the own has that before it.
      name: name.split("/").at(-1) ?? name,
      resources: resourceCount,
    }));
  }

  private async isUnreadable(stack: string): Promise<boolean> {
    const place = { folder: this.folder, stack };
    const { code, stderr } = await runPulumi(place, ["stack", "export"]);
    return (
      code !== 0 &&
      leftoversOf({ printed: stderr }).some(
        ({ kind }) => kind === "unreadable state",
      )
    );
  }

  /** @throws PulumiFailure when the state can't be read. */
  async exported(stack: string): Promise<ExportedStack> {
    const place = { folder: this.folder, stack };
    const { stdout } = await mustPulumi(place, ["stack", "export"]);
    return parseExportedStack(stdout);
  }

  /**
   * Makes the stack, empty, in a copy of the project: Pulumi writes a file for it beside Pulumi.yaml.
   *
   * @param secretsProvider as `pulumi stack select --create` takes it; undefined: what the backend has by default
   */
  async make(stack: string, secretsProvider?: string): Promise<void> {
    const folder = join(this.copies, `new-${stack}`);
    mkdirSync(folder);
    const { name, stackFile } = readProject(this.folder, stack);
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      `name: ${JSON.stringify(name)}\nruntime: nodejs\n`,
    );
    writeFileSync(join(folder, basename(stackFile)), this.configOf(stack));
    await mustPulumi({ folder, stack }, [
      "stack",
      "init",
      "--no-select",
      ...(secretsProvider === undefined
        ? []
        : ["--secrets-provider", secretsProvider]),
    ]);
  }

  /** A copy of the stack's file, with what was given by `--config`. */
  configFile(stack: string): string {
    const file = join(this.copies, `Pulumi.${stack}.yaml`);
    writeFileSync(file, this.configOf(stack));
    return file;
  }

  async openStack(stack: string): Promise<OpenStack> {
    const configFile = this.configFile(stack);
    return { stack: await Stack.select(stack, this.unselecting()), configFile };
  }

  private configOf(stack: string): string {
    return configText(readProject(this.folder, stack), this.settings);
  }

  /** The Automation API selects each stack that it opens, in the person's own checkout. */
  private unselecting(): LocalWorkspace {
    const workspace = Object.create(this.local) as LocalWorkspace;
    workspace.selectStack = () => Promise.resolve();
    return workspace;
  }
}

/** The Automation API tells all that was printed, and how the process ended. */
const firstErrorIn = (printed: string): string =>
  /^error: (.*)$/m.exec(printed)?.[1] ?? printed;
