import { availableParallelism } from "node:os";
import { join } from "node:path";
import { namedAccount } from "../../infra/config/stack-kind";
import { inParallel } from "../accounts/in-parallel";
import { readBastionConfig } from "../bastion-config";
import {
  readWorkloadStacks,
  refuseOtherAccounts,
  type WorkloadStack,
} from "../workload-stacks";
import { heldElsewhere, refuseElsewhere, type Builders } from "./elsewhere";
import { hasBastionStack } from "./bastion-stack";
import type { Interruption } from "./interruption";
import type { Options } from "./options";
import { isFine, type StackResult } from "./outcome";
import { leftStacks, type LeftStack } from "./left-stacks";
import { planDeployment, type DeploymentPlan } from "./plan";
import type { Progress } from "./progress";
import { resultOf } from "./report";
import { StackRun, type RunSettings } from "./run-stack";
import { sideBySide } from "./side-by-side";
import { StackLog } from "./stack-log";
import type { KnownStack, ProjectWorkspace } from "./workspace";

/** What the project's files say there is to deploy. */
export interface Project {
  readonly plan: DeploymentPlan;
  /** How many stacks there are, whatever was asked for. */
  readonly all: number;
  readonly workloads: readonly WorkloadStack[];
  /** Names of all that the config has. */
  readonly accounts: readonly string[];
  readonly builders: Builders;
}

/** @throws ConfigError with all that is wrong, UsageError for a name that nothing has. */
export function readDeployment({ folder, stack, only }: Options): Project {
  const hasBastion = hasBastionStack(folder, stack);
  const known = hasBastion
    ? readBastionConfig({ folder, stack }).organisation.accounts
    : [];
  const workloads = readWorkloadStacks(folder, stack);
  refuseOtherAccounts(known, workloads);
  const all = workloads.length + (hasBastion ? 1 : 0);
  if (all === 0) throw new Error(noStack);
  const bastion = hasBastion ? stack : undefined;
  return {
    plan: planDeployment({ bastion, workloads, only }),
    all,
    workloads,
    accounts: [
      ...known,
      ...workloads.flatMap(({ config }) => config.organisation.accounts),
    ].map(({ name }) => name),
    builders: new Map(
      workloads.flatMap(({ name, config }) =>
        config.accounts.map(
          (account) =>
            [account.id, { account: account.name, stack: name }] as const,
        ),
      ),
    ),
  };
}

const noStack =
  "the project has no stack to deploy: no Pulumi.bastion.yaml, and no account that a stack builds. Fix: write accounts into Pulumi.yaml, or name the bastion's stack with --stack.";

/** Everything that a run needs beside its options. */
export interface Surroundings {
  readonly workspace: ProjectWorkspace;
  readonly interruption: Interruption;
  readonly progress: Progress;
  /** Of this run. */
  readonly logs: string;
  readonly policyPack: string;
}

export class Deployment {
  private readonly known = new Map<string, KnownStack>();
  private readonly settings: RunSettings;

  constructor(
    private readonly options: Options,
    private readonly project: Project,
    private readonly around: Surroundings,
  ) {
    const { hasPack, rules } = options;
    this.settings = {
      command: options.command,
      onlyChanged: options.changed,
      refresh: options.refresh,
      recover: options.recover,
      config: options.settings,
      secretsProvider: options.secretsProvider,
      pack: hasPack ? { folder: around.policyPack, rules } : undefined,
      builders: project.builders,
      stopping: around.interruption.stopping,
      ending: around.interruption.ending,
    };
  }

  /** @throws Error when nothing was begun: no backend, or an account with two stacks. */
  async run(): Promise<readonly StackResult[]> {
    for (const stack of await this.around.workspace.stacks(
      this.expectedStacks(),
    )) {
      this.known.set(stack.name, stack);
    }
    await this.refuseSecondStacks();
    const { bastion, workloads } = this.project.plan;
    const first = bastion === undefined ? [] : [await this.runStack(bastion)];
    const goesOn =
      this.options.command === "preview" || first.every((one) => isFine(one));
    const rest = await inParallel(workloads, this.atOnce(), ({ name }) =>
      goesOn ? this.runStack(name) : nothingRun(name, "left out"),
    );
    return [...first, ...rest];
  }

  private expectedStacks(): readonly string[] {
    const { workloads } = this.project;
    return [this.options.stack, ...workloads.map(({ name }) => name)];
  }

  /** Deployed stacks of accounts that the config does not build by them: nobody takes them down. */
  leftStacks(): readonly LeftStack[] {
    const { workloads, accounts } = this.project;
    const deployed = [...this.known.values()]
      .filter(({ resources }) => resources > 0)
      .map(({ name }) => name);
    return leftStacks(deployed, workloads, accounts);
  }

  private atOnce(): number {
    const { plan } = this.project;
    const largest = Math.max(
      ...plan.workloads.map(({ accounts }) => accounts.length),
    );
    const memory = process.availableMemory();
    const cores = availableParallelism();
    return this.options.parallel ?? sideBySide({ cores, memory }, largest);
  }

  /** A stack that is named for its account builds no other, and is looked at when its turn comes. */
  private async refuseSecondStacks(): Promise<void> {
    const { builders, plan, workloads } = this.project;
    const ofOneAccount = new Set(
      workloads
        .filter(({ name, config: { accounts } }) =>
          accounts.every((account) => account.name === namedAccount(name)),
        )
        .map(({ name }) => name),
    );
    const planned = new Set(plan.workloads.map(({ name }) => name));
    const toLookAt = [...this.known.values()].filter(
      ({ name, resources }) => resources > 0 && !ofOneAccount.has(name),
    );
    const states = await inParallel(toLookAt, 4, async ({ name }) => {
      const exported = await this.around.workspace
        .exported(name)
        .catch((error: unknown) => {
          // It fails by itself, when its turn comes.
          if (planned.has(name) || name === plan.bastion) return undefined;
          throw error;
        });
      return exported === undefined
        ? []
        : heldElsewhere(name, exported, builders);
    });
    const concerned = states
      .flat()
      .filter(
        ({ heldBy, builtBy }) => planned.has(heldBy) || planned.has(builtBy),
      );
    refuseElsewhere(concerned);
  }

  private async runStack(name: string): Promise<StackResult> {
    const { workspace, progress, logs, interruption } = this.around;
    if (interruption.stopping.aborted) return nothingRun(name, "not begun");
    const began = Date.now();
    const log = new StackLog(logs, name);
    const tell = (doing: string): void => {
      progress.doing(name, doing);
    };
    const run = new StackRun(name, workspace, this.settings, log, tell);
    const outcome = await run.run(this.known.has(name));
    const seconds = (Date.now() - began) / 1_000;
    const result = { stack: name, outcome, seconds, log: log.file };
    progress.ended(name, `${resultOf(outcome)}, ${Math.round(seconds)} s`);
    return result;
  }
}

async function nothingRun(
  stack: string,
  kind: "left out" | "not begun",
): Promise<StackResult> {
  return Promise.resolve({
    stack,
    outcome: { kind },
    seconds: 0,
    log: undefined,
  });
}

/** A folder of this run's own, by the time. */
export const logsOf = ({ logs, command }: Options, now: Date): string =>
  join(
    logs,
    `${command}-${now.toISOString().slice(0, 19).replaceAll(":", "-")}`,
  );
