import type {
  RunPluginRequest,
  RunRequest,
} from "@pulumi/pulumi/proto/language_pb";

/** A Node.js process to be started. */
export interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The `runtime.options` of a Pulumi.yaml, as far as they concern Node.js. */
export interface RuntimeOptions {
  readonly typescript: boolean;
  readonly tsconfig: string | undefined;
  readonly nodeArgs: readonly string[];
}

export function runtimeOptions(
  options: Readonly<Record<string, unknown>>,
): RuntimeOptions {
  const { typescript, tsconfig, nodeargs } = options;
  return {
    typescript: typescript !== false,
    tsconfig: typeof tsconfig === "string" ? tsconfig : undefined,
    nodeArgs:
      typeof nodeargs === "string"
        ? nodeargs.split(/\s+/).filter((word) => word !== "")
        : [],
  };
}

/** The program of a stack, run by the SDK's own entry point. */
export function programCommand(
  request: RunRequest,
  engineAddress: string,
): Command {
  const info = request.getInfo();
  const options = runtimeOptions(info?.getOptions()?.toJavaScript() ?? {});
  return {
    args: [
      ...options.nodeArgs,
      require.resolve("@pulumi/pulumi/cmd/run"),
      ...named({
        monitor: request.getMonitorAddress(),
        engine: engineAddress,
        organization: request.getOrganization(),
        project: request.getProject(),
        "root-directory": info?.getRootDirectory() ?? "",
        stack: request.getStack(),
        pwd: request.getPwd(),
        parallel: String(request.getParallel()),
      }),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info?.getEntryPoint() ?? ".",
      ...request.getArgsList(),
    ],
    cwd: request.getPwd(),
    environment: {
      PULUMI_CONFIG: JSON.stringify(
        Object.fromEntries(request.getConfigMap().toObject()),
      ),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(
        request.getConfigsecretkeysList(),
      ),
      ...typescriptEnvironment(options),
    },
  };
}

/** A policy pack: the engine calls it a plugin of the kind `analyzer`. */
export function packCommand(request: RunPluginRequest): Command {
  const info = request.getInfo();
  const options = runtimeOptions(info?.getOptions()?.toJavaScript() ?? {});
  return {
    args: [
      ...options.nodeArgs,
      require.resolve("@pulumi/pulumi/cmd/run-policy-pack"),
      ...request.getArgsList(),
      info?.getProgramDirectory() ?? request.getPwd(),
    ],
    cwd: info?.getProgramDirectory() ?? request.getPwd(),
    environment: {
      ...Object.fromEntries(
        request.getEnvList().map((line) => {
          const at = line.indexOf("=");
          return [line.slice(0, at), line.slice(at + 1)];
        }),
      ),
      ...typescriptEnvironment(options),
    },
  };
}

const named = (options: Readonly<Record<string, string>>): string[] =>
  Object.entries(options).flatMap(([name, value]) =>
    value === "" ? [] : [`--${name}`, value],
  );

const typescriptEnvironment = ({
  typescript,
  tsconfig,
}: RuntimeOptions): Record<string, string> => ({
  ...(typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
  ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
});
