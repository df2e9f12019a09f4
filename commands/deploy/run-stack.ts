import { spawn } from "node:child_process";
import { resolve } from "node:path";
import type { PreviewOptions, UpOptions } from "@pulumi/pulumi/automation";
import { toBeDeletedIn, type ExportedStack } from "../stacks/exported-stack";
import { leftoversOf } from "../stacks/leftovers";
import { PulumiFailure } from "../stacks/pulumi";
import type { Setting } from "./config-copy";
import { heldElsewhere, refuseElsewhere, type Builders } from "./elsewhere";
import type { Leftovers, Outcome } from "./outcome";
import { accountOptions } from "./recover-options";
import type { StackLog } from "./stack-log";
import { countOf, noChanges, Watch, type Changes } from "./watch";
import type { OpenStack, ProjectWorkspace } from "./workspace";

/** What is the same for all stacks of a run. */
export interface RunSettings {
  readonly command: "deploy" | "preview";
  /** Leaves a stack as it is whose preview shows no change. */
  readonly onlyChanged: boolean;
  readonly refresh: boolean;
  /** Mends what a deployment that was cut off has left, first. */
  readonly recover: boolean;
  /** Over that of the files. */
  readonly config: readonly Setting[];
  readonly secretsProvider: string | undefined;
  /** Folder and config of the policy pack; undefined: none. */
  readonly pack: PolicyPack | undefined;
  readonly builders: Builders;
  /** Nothing is begun any more. */
  readonly stopping: AbortSignal;
  /** What runs is told to end. */
  readonly ending: AbortSignal;
}

export interface PolicyPack {
  readonly folder: string;
  readonly rules: string | undefined;
}

/** One stack, from its making to its deployment. */
export class StackRun {
  private at: "start" | "preview" | "deployment" = "start";
  private watch = new Watch();
  /** As it was read at the start; undefined: it was not yet. */
  private state: ExportedStack | undefined;

  constructor(
    private readonly stack: string,
    private readonly workspace: ProjectWorkspace,
    private readonly settings: RunSettings,
    private readonly log: StackLog,
    /** Told what is going on. */
    private readonly tell: (doing: string) => void,
  ) {}

  /** Does not throw: what goes wrong with one stack is its outcome. */
  async run(isThere: boolean): Promise<Outcome> {
    try {
      await this.begin(isThere);
      return await this.previewAndDeploy();
    } catch (error) {
      if (this.settings.stopping.aborted) {
        const leftovers = await this.leftovers(this.printed(error));
        return { kind: "cut off", leftovers };
      }
      return this.failed(error);
    }
  }

  private async begin(isThere: boolean): Promise<void> {
    if (!isThere) {
      this.tell("is made");
      this.state = neverDeployed;
      await this.workspace.make(this.stack, this.settings.secretsProvider);
      return;
    }
    this.tell("reads the state");
    if (this.settings.recover) await this.recoverIfLeft();
    this.state = await this.workspace.exported(this.stack);
    if (leftoversOf({ exported: this.state }).length > 0) {
      throw new Error("a deployment was cut off, and is to be mended first");
    }
    const { builders } = this.settings;
    refuseElsewhere(heldElsewhere(this.stack, this.state, builders));
  }

  private async recoverIfLeft(): Promise<void> {
    const left = await this.workspace.exported(this.stack).then(
      (exported) => leftoversOf({ exported }),
      (error: unknown) => leftoversOf({ printed: printedIn(error) }),
    );
    if (left.length === 0) return;
    this.tell("is recovered");
    this.log.heading("npm run recover");
    const { folder } = this.workspace;
    const configFile = this.workspace.configFile(this.stack);
    const about = ["--project", folder, "--config-file", configFile];
    const reading = accountOptions(this.settings.config);
    const options = ["--stack", this.stack, ...about, ...reading, "--yes"];
    await recover(options, this.log.write);
  }

  private async previewAndDeploy(): Promise<Outcome> {
    const { command, onlyChanged } = this.settings;
    const opened = await this.workspace.openStack(this.stack);
    const preview = await this.engine("preview", opened);
    const changes = this.withOld(preview);
    const previewed = advised(preview);
    if (command === "preview") {
      return { kind: "previewed", changes, ...previewed };
    }
    if (onlyChanged && countOf(changes) === 0) {
      return { kind: "unchanged", ...previewed };
    }
    const up = await this.engine("deployment", opened, countOf(changes));
    return {
      kind: "deployed",
      changes: this.withOld(up),
      ...advised(preview, up),
    };
  }

  /** With what was replaced before, and is deleted now: the engine does not count that. */
  private withOld({ changes }: Watch): Changes {
    const old = this.state === undefined ? [] : toBeDeletedIn(this.state);
    return { ...changes, deleted: changes.deleted + old.length };
  }

  /** @param planned how many changes the preview has shown */
  private async engine(
    at: "preview" | "deployment",
    { stack, configFile }: OpenStack,
    planned?: number,
  ): Promise<Watch> {
    const { refresh, pack, stopping, ending: signal } = this.settings;
    if (stopping.aborted) throw new Error("stopped");
    this.at = at;
    this.watch = new Watch();
    const options: PreviewOptions & UpOptions = {
      configFile,
      color: "never",
      // A line every ten seconds for each resource would hide the others in a log.
      suppressProgress: true,
      diff: true,
      // A refresh with the state's providers would take the role of the run before.
      ...(refresh ? { refresh, runProgram: true } : {}),
      ...(pack === undefined ? {} : underPack(pack)),
      signal,
      showSecrets: false,
      onOutput: this.log.write,
      onError: this.log.write,
      onEvent: (event) => {
        this.watch.note(event);
        const { changedByNow: now } = this.watch;
        const of = planned === undefined ? "" : ` of ${planned}`;
        this.tell(`${at}${now === 0 ? "" : `, ${now}${of} changed`}`);
      },
    };
    this.tell(at);
    this.log.heading(at);
    await (at === "preview" ? stack.preview(options) : stack.up(options));
    if (at === "preview" && !this.watch.isCounted) throw new Error(notCounted);
    return this.watch;
  }

  private async failed(error: unknown): Promise<Outcome> {
    const message = error instanceof Error ? error.message : String(error);
    const printed = this.printed(error);
    if (this.at === "start") this.log.write(`${message}\n`);
    const told = this.at === "start" ? [] : this.watch.reasons(printed);
    return {
      kind: "failed",
      at: this.at,
      changes: this.at === "deployment" ? this.watch.changes : noChanges,
      reasons: told.length > 0 ? told : [message],
      leftovers: await this.leftovers(printed),
    };
  }

  private printed(error: unknown): string {
    return this.log.text + printedIn(error);
  }

  /** By the state as it is now. */
  private async leftovers(printed: string): Promise<Leftovers> {
    if (this.at === "start") {
      return this.state === undefined
        ? toldIn(printed)
        : leftoversOf({ exported: this.state, printed });
    }
    return this.workspace.exported(this.stack).then(
      (exported) => leftoversOf({ exported, printed }),
      (error: unknown) => toldIn(`${printed}\n${printedIn(error)}`),
    );
  }
}

const advised = (...runs: readonly Watch[]) => {
  const advice = [...new Set(runs.flatMap((run) => run.advice))];
  return advice.length === 0 ? {} : { advice };
};

/** The Automation API goes on where the engine's last event does not come through. */
const notCounted =
  "the preview has ended, and Pulumi did not say what would change. Fix: run it again.";

const neverDeployed: ExportedStack = { version: 3 };

/** Without a state; undefined: nothing tells, which does not mean that nothing is left. */
function toldIn(printed: string): Leftovers {
  const told = leftoversOf({ printed });
  return told.length === 0 ? undefined : told;
}

const underPack = ({ folder, rules }: PolicyPack) => ({
  policyPacks: [folder],
  ...(rules === undefined ? {} : { policyPackConfigs: [rules] }),
});

/** Of what recover has said; the log has all of it. */
const lastLines = 6;

const printedIn = (error: unknown): string =>
  error instanceof PulumiFailure
    ? `${error.run.stdout}\n${error.run.stderr}`
    : "";

const checkout = resolve(__dirname, "../..");

/** What npm runs by `npm run recover`, without npm: on Windows that is a .cmd file, which takes a shell. */
const recoverCommand = [
  "-r",
  resolve(checkout, "infra/start"),
  resolve(checkout, "commands/recover/command.ts"),
];

/**
 * As a person would run it, so that it looks after everything itself.
 *
 * @throws Error with what it said at last: what is left to do
 */
function recover(
  options: readonly string[],
  write: (text: string) => void,
): Promise<void> {
  const child = spawn(process.execPath, [...recoverCommand, ...options], {
    // npm would set it: whose folder the paths in the options are from.
    env: { ...process.env, INIT_CWD: process.cwd() },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      write(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else {
        const last = said.trim().split("\n").slice(-lastLines).join("\n");
        reject(new Error(`npm run recover did not mend it:\n${last}`));
      }
    });
  });
}
