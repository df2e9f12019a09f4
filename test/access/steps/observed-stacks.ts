import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import type { Stack } from "../../../sandbox/stack";
import type { Change } from "./change";
import { Observer, type ObservedChange } from "./observed";
import { stackFile, type Settings, type StackName } from "./settings";

/** Both stacks in one sandbox, with each call to AWS observed. */
export class ObservedStacks {
  private constructor(
    readonly sandbox: Sandbox,
    readonly observer: Observer,
    private readonly stacks: Readonly<Record<StackName, Stack>>,
    private settings: Settings,
  ) {}

  /** @param seed chooses how long each call takes, and so which of those at the same time is done first */
  static async start(
    settings: Settings,
    seed: number,
  ): Promise<ObservedStacks> {
    const observer = new Observer();
    const sandbox = await startSandbox({
      progress: console.log,
      onDone: observer.onDone,
      faults: { seed, latency: { least: 0, most: 40 } },
    });
    observer.watch(sandbox.aws.cloud);
    const create = (name: StackName) =>
      sandbox.stack(name, stackFile(settings, name));
    const stacks = {
      bastion: await create("bastion"),
      workload: await create("workload"),
    };
    return new ObservedStacks(sandbox, observer, stacks, settings);
  }

  /** @param parallel how many resources the engine changes at once; left out: as many as it likes */
  async make(change: Change, parallel?: number): Promise<ObservedChange> {
    this.settings = change.to(this.settings);
    const options = parallel === undefined ? [] : ["--parallel", `${parallel}`];
    return this.observer.during(async () => {
      for (const name of change.stacks) {
        const stack = this.stacks[name];
        stack.writeConfig(stackFile(this.settings, name));
        await stack.up(...options);
      }
    });
  }

  destroy(...names: readonly StackName[]): Promise<ObservedChange> {
    return this.observer.during(async () => {
      for (const name of names) await this.stacks[name].destroy();
    });
  }

  /** The states become those of a deployment before the program declared policies as a whole. */
  async forgetWhatIsWhole(): Promise<void> {
    for (const stack of Object.values(this.stacks)) {
      const state = JSON.parse(await stack.exported()) as {
        deployment: { resources: { type: string }[] };
      };
      const { resources } = state.deployment;
      state.deployment.resources = resources.filter(
        ({ type }) => !type.endsWith("Exclusive"),
      );
      const file = join(this.sandbox.workspace.folder, "older-state.json");
      writeFileSync(file, JSON.stringify(state));
      const options = ["--stack", stack.name, "--file", file];
      const { code, stderr } = await stack.run(["stack", "import", ...options]);
      assert.equal(code, 0, stderr);
    }
  }

  stack(name: StackName): Stack {
    return this.stacks[name];
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
