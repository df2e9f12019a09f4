import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startAws, type AwsOptions, type SandboxAws } from "./aws";
import type { FaultSettings } from "./aws/faults/settings";
import { ensureEngine } from "./engine";
import { workFolder } from "./engine/paths";
import { accountsOf, addAccounts } from "./organisation";
import { readStackFile, stacksWithFile } from "./project";
import { startProvider } from "./provider";
import type { Credentials } from "./signed-request";
import { addressOfStates } from "./state-address";
import { removeFolder, Stack, type StackWorkspace } from "./stack";

/** AWS, the provider and the engine, on this machine. */
export interface Sandbox {
  readonly aws: SandboxAws;
  readonly workspace: StackWorkspace;
  /**
   * A new stack; `config` is its stack file's text, or else the committed one; `project` is the
   * folder of another project than this checkout.
   */
  readonly stack: (
    name: string,
    config?: string,
    project?: string,
  ) => Promise<Stack>;
  /** Whose credentials deploy from now on; the organisation's deployment until then. */
  readonly deployAs: (credentials: Credentials) => void;
  readonly close: () => Promise<void>;
}

export interface SandboxOptions {
  /** Told what is going on while it takes long. */
  readonly progress: (line: string) => void;
  /** Each line that Pulumi prints. */
  readonly onLine?: (line: string) => void;
  readonly port?: number;
  /** What calls to AWS meet; left out: nothing. */
  readonly faults?: FaultSettings | undefined;
  /** Told of each call to AWS that was done. */
  readonly onDone?: AwsOptions["onDone"];
  /** Told of each decision on one. */
  readonly onDecided?: AwsOptions["onDecided"];
  /** Left out: `aws`. */
  readonly partition?: AwsOptions["partition"];
  /** Member accounts beside those in the committed stack files. */
  readonly furtherAccounts?: readonly {
    readonly id: string;
    readonly name: string;
  }[];
}

/**
 * Starts an empty AWS with the accounts of the committed stack files; those that are written into them
 * later are added when a stack is deployed next.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const engine = await ensureEngine(options.progress);
  const aws = await startAws({
    accounts: [
      ...accountsOf(readStackFile("bastion")),
      ...(options.furtherAccounts ?? []),
    ],
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.partition === undefined
      ? {}
      : { partition: options.partition }),
    faults: options.faults,
    onDone: options.onDone,
    onDecided: options.onDecided,
  });
  let deployment: Credentials = aws.deployment;
  const provider = await startProvider(
    () => ({ endpoint: aws.endpoint, ...deployment }),
    () => {
      for (const stack of ["bastion", ...stacksWithFile()]) {
        addAccounts(aws, readStackFile(stack));
      }
    },
  );
  const folder = join(workFolder, `run-${randomBytes(4).toString("hex")}`);
  mkdirSync(join(folder, "state"), { recursive: true });
  const workspace: StackWorkspace = {
    engine,
    folder,
    environment: {
      PULUMI_BACKEND_URL: addressOfStates(join(folder, "state")),
      // Guards nothing: the sandbox's states hold no secret that works anywhere else.
      PULUMI_CONFIG_PASSPHRASE: "sandbox",
      PULUMI_DEBUG_PROVIDERS: `aws:${provider.port}`,
    },
    ...(options.onLine ? { onLine: options.onLine } : {}),
  };
  return {
    aws,
    workspace,
    stack: (name, config, project) =>
      Stack.create(workspace, name, config, project),
    deployAs: (credentials) => {
      deployment = credentials;
    },
    close: async () => {
      provider.close();
      await aws.close();
      removeFolder(folder);
    },
  };
}
