import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  parseExportedStack,
  type ExportedResource,
  type ExportedStack,
} from "../stacks/exported-stack";
import { leftoversOf } from "../stacks/leftovers";
import {
  mustPulumi,
  PulumiFailure,
  runPulumi,
  told,
  type PulumiRun,
} from "../stacks/pulumi";

export interface StackOptions {
  /** Where Pulumi.yaml is. */
  readonly folder: string;
  readonly stack: string;
  readonly configFile: string | undefined;
  /** `key=value`, as Pulumi's own commands take it. */
  readonly config: readonly string[];
  /** Whether a lock that somebody left is lifted. */
  readonly liftLock: boolean;
  readonly progress: (line: string) => void;
}

/** Somebody works on the stack, or did when they were cut off. */
export class StackLocked extends Error {
  constructor(
    stack: string,
    readonly held: string,
  ) {
    super(
      `${stack} is locked: ${held}. Fix: wait for that deployment; where it was cut off and runs no more, npm run recover -- --stack ${stack} --lift-lock.`,
    );
    this.name = "StackLocked";
  }
}

/** The stack's state can't be read, and Pulumi says why. */
export class StateUnreadable extends Error {
  constructor(readonly why: string) {
    super(why);
    this.name = "StateUnreadable";
  }
}

/** Pulumi has none of that name. */
export class NoSuchStack extends Error {}

/** Source: pulumi/pulumi, pkg/cmd/pulumi/stack, 3.259. */
const noSuchStack = /^error: no stack named /m;

/** A stack that is put right by Pulumi's own commands. None of those that are here changes AWS. */
export class RecoveringStack {
  constructor(private readonly options: StackOptions) {}

  /** @throws StateUnreadable, NoSuchStack */
  async exported(): Promise<ExportedStack> {
    const run = await this.pulumi(["stack", "export"]);
    const unreadable = leftoversOf({ printed: told(run) }).find(
      (one) => one.kind === "unreadable state",
    );
    if (unreadable !== undefined) throw new StateUnreadable(unreadable.why);
    if (noSuchStack.test(told(run))) throw new NoSuchStack(told(run));
    if (run.code !== 0) throw new PulumiFailure(["stack export"], run);
    return parseExportedStack(run.stdout);
  }

  /** The project's stacks that Pulumi knows, by name; none where it can't list them. */
  async listed(): Promise<readonly string[]> {
    const { folder } = this.options;
    const { code, stdout } = await runPulumi({ folder }, [
      "stack",
      "ls",
      "--json",
    ]);
    if (code !== 0) return [];
    const all = JSON.parse(stdout) as readonly { readonly name: string }[];
    return all.map(({ name }) => name);
  }

  /** Puts another state in the place of the one that is there. */
  async put(state: ExportedStack): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "recover-"));
    try {
      const file = join(folder, "state.json");
      // Secrets in it are encrypted, and so they stay.
      writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
      await this.unlocked(["stack", "import", "--file", file]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Reads all that the state knows of; what is gone is forgotten. */
  async refresh(): Promise<void> {
    await this.unlocked([
      ...["refresh", "--yes", "--skip-preview"],
      ...this.configured,
    ]);
  }

  /**
   * Sees whether anybody holds the stack: whoever writes its state is told. It stays the same; a preview
   * is told nothing.
   */
  async mustBeFree(exported: ExportedStack): Promise<void> {
    if (exported.deployment !== undefined) await this.put(exported);
  }

  /** What the program would make that the state does not have. */
  async planned(): Promise<readonly ExportedResource[]> {
    const { stdout } = await this.must([
      ...["preview", "--json"],
      ...this.configured.filter((one) => one !== "--run-program"),
    ]);
    const { steps = [] } = JSON.parse(stdout) as Preview;
    return steps.flatMap(({ op, newState }) =>
      op === "create" && newState ? [newState] : [],
    );
  }

  /** Puts components and providers into the state, which nothing in AWS stands for. */
  async makeWithoutAws(urns: readonly string[]): Promise<void> {
    await this.unlocked([
      ...["up", "--yes", "--skip-preview"],
      ...this.configured.filter((one) => one !== "--run-program"),
      ...urns.flatMap((urn) => ["--target", urn]),
    ]);
  }

  private get configFile(): readonly string[] {
    const { configFile } = this.options;
    return configFile === undefined ? [] : ["--config-file", configFile];
  }

  /** The program says anew by which role and token the accounts are reached. */
  private get configured(): readonly string[] {
    const { config } = this.options;
    return [
      ...this.configFile,
      ...(config.length === 0 ? [] : ["--run-program"]),
      ...config.flatMap((one) => ["--config", one]),
    ];
  }

  private pulumi(args: readonly string[]): Promise<PulumiRun> {
    return runPulumi(this.options, args);
  }

  private must(args: readonly string[]): Promise<PulumiRun> {
    return mustPulumi(this.options, args);
  }

  /** @throws StackLocked where it is, and nobody asked to lift that. */
  private async unlocked(args: readonly string[]): Promise<PulumiRun> {
    const run = await this.pulumi(args);
    if (run.code === 0) return run;
    const lock = leftoversOf({ printed: told(run) }).find(
      (one) => one.kind === "lock",
    );
    if (lock === undefined) throw new PulumiFailure(args, run);
    const { stack, liftLock, progress } = this.options;
    if (!liftLock) throw new StackLocked(stack, lock.held);
    progress(`Lifting the lock on ${stack}: ${lock.held}`);
    await this.must(["cancel", "--yes"]);
    return this.must(args);
  }
}

interface Preview {
  readonly steps?: readonly {
    readonly op: string;
    readonly newState?: ExportedResource;
  }[];
}
