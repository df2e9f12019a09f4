import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import type { Finished } from "../../../sandbox/engine/run";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import { PulumiError, type Stack } from "../../../sandbox/stack";
import { startNativeProvider, type NativeProvider } from "./aws-native";
import { readVerdict, type Verdict } from "./printed";
import type { Sample } from "./samples";

const pack = join(checkout, "policy-pack");

/** A preview or an update under the policy pack. */
export interface Judged extends Verdict {
  readonly code: number;
  readonly output: string;
}

/** What is set beside pack-config.json: the levels of rules, by name, and facts of the organisation. */
export type Settings = Readonly<
  Record<string, "advisory" | "remediate" | "disabled" | object>
>;

type PackConfig = Readonly<
  Record<string, { readonly enforcementLevel?: string }>
>;

/** pack-config.json, with these settings. */
export function packConfig(settings: Settings): PackConfig {
  const entries = JSON.parse(
    readFileSync(join(__dirname, "pack-config.json"), "utf8"),
  ) as PackConfig;
  const changed = Object.entries(settings).map(([policy, setting]) => [
    policy,
    {
      ...entries[policy],
      ...(typeof setting === "object"
        ? setting
        : { enforcementLevel: setting }),
    },
  ]);
  return { ...entries, ...(Object.fromEntries(changed) as PackConfig) };
}

/** The sandbox, with the policy pack before it. */
export class JudgedSandbox {
  private constructor(
    readonly sandbox: Sandbox,
    private readonly native: NativeProvider,
  ) {}

  static async start(): Promise<JudgedSandbox> {
    return new JudgedSandbox(
      await startSandbox({ progress: console.log }),
      await startNativeProvider(),
    );
  }

  async close(): Promise<void> {
    this.native.close();
    await this.sandbox.close();
  }

  stack({ name, folder }: Sample): Promise<Stack> {
    return this.sandbox.stack(name, "", folder);
  }

  /** Does not throw on findings. */
  async preview(stack: Stack, settings: Settings = {}): Promise<Judged> {
    return judged(
      await stack.preview(this.providers, ...this.packFlags(stack, settings)),
    );
  }

  /** Does not throw on findings. */
  async up(
    stack: Stack,
    settings: Settings = {},
    ...args: readonly string[]
  ): Promise<Judged> {
    try {
      const flags = this.packFlags(stack, settings);
      return judged(await stack.up(...flags, ...args));
    } catch (error) {
      if (error instanceof PulumiError) return judged(error.run);
      throw error;
    }
  }

  private get providers(): Readonly<Record<string, string>> {
    const aws = this.sandbox.workspace.environment["PULUMI_DEBUG_PROVIDERS"];
    return {
      PULUMI_DEBUG_PROVIDERS: `${aws ?? ""},aws-native:${this.native.port}`,
    };
  }

  private packFlags({ name }: Stack, settings: Settings): readonly string[] {
    const file = join(
      this.sandbox.workspace.folder,
      `${name}.pack-config.json`,
    );
    writeFileSync(file, JSON.stringify(packConfig(settings)));
    return ["--policy-pack", pack, "--policy-pack-config", file];
  }
}

const judged = ({ code, stdout, stderr }: Finished): Judged => ({
  code,
  output: `${stdout}\n${stderr}`,
  ...readVerdict(stdout),
});
