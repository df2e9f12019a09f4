import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";
import { startProvider } from "../../../sandbox/provider";
import type { Sandbox } from "../../../sandbox/sandbox";
import type { Stack } from "../../../sandbox/stack";
import { startGate, type Cut } from "./call-gate";
import type { RecoveringProcess } from "./recovering-process";

const recoveringProcess = join(__dirname, "recovering-process.ts");

/** A stack whose deployments are cut off. */
export class KilledStack<S extends Pick<Stack, "flags"> = Stack> {
  constructor(
    private readonly sandbox: Sandbox,
    readonly stack: S,
    /** The project's. */
    private readonly folder = checkout,
  ) {}

  /**
   * Runs the engine until it is killed, with the provider, at a call; without a cut, to its end.
   *
   * @returns how many calls came, and whether it was cut off
   */
  async deploy(
    command: readonly string[],
    at?: Omit<Cut, "end">,
  ): Promise<{ readonly calls: number; readonly isCut: boolean }> {
    const { aws, workspace } = this.sandbox;
    const cuts: Cut["call"][] = [];
    let end: () => void = () => assert.fail("cut off before it was started");
    const gate = await startGate(
      aws.endpoint,
      at && {
        ...at,
        end: () => {
          cuts.push(at.call);
          end();
        },
      },
    );
    // As the real plugin it dies with the engine: no call of it gets through the gate after that.
    const provider = await startProvider(() => ({
      ...aws.deployment,
      endpoint: gate.endpoint,
    }));
    const { engine, environment } = workspace;
    const child = spawn(
      engine.cli,
      [
        ...["--non-interactive", ...command, "--yes", "--skip-preview"],
        ...this.stack.flags,
      ],
      {
        cwd: this.folder,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          ...environment,
          ...engine.environment,
          PULUMI_DEBUG_PROVIDERS: `aws:${provider.port}`,
        },
      },
    );
    end = () => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    };
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
      });
    }
    const code = await new Promise<number | null>((resolve) => {
      child.on("close", resolve);
    });
    provider.close();
    await gate.close();
    const isCut = cuts.length > 0;
    if (!isCut) assert.equal(code, 0, printed);
    return { calls: gate.asked.length, isCut };
  }

  /** Recovers by a process of its own; and which operations of AWS it asked for. */
  async recover(): Promise<{
    readonly code: number;
    readonly printed: string;
    readonly asked: readonly string[];
  }> {
    const { aws, workspace } = this.sandbox;
    const gate = await startGate(aws.endpoint);
    const provider = await startProvider(() => ({
      ...aws.deployment,
      endpoint: gate.endpoint,
    }));
    const [, stack = "", , configFile] = this.stack.flags;
    const request: RecoveringProcess = {
      ...{ folder: this.folder, stack, configFile },
    };
    try {
      const { code, stdout, stderr } = await run(
        process.execPath,
        ["-r", "./infra/start", recoveringProcess, JSON.stringify(request)],
        {
          cwd: checkout,
          environment: {
            ...workspace.environment,
            ...workspace.engine.environment,
            PULUMI_DEBUG_PROVIDERS: `aws:${provider.port}`,
            AWS_ENDPOINT_URL: gate.endpoint,
            AWS_ACCESS_KEY_ID: aws.deployment.accessKeyId,
            AWS_SECRET_ACCESS_KEY: aws.deployment.secretAccessKey,
            AWS_SESSION_TOKEN: undefined,
            AWS_PROFILE: undefined,
          },
        },
      );
      return { code, printed: stdout + stderr, asked: gate.asked };
    } finally {
      provider.close();
      await gate.close();
    }
  }
}

/** Operations that change something in AWS; to take a role does not. */
export const changesAmong = (
  operations: readonly string[],
): readonly string[] =>
  operations.filter((one) => !/^(Get|List|Describe|AssumeRole)/.test(one));
