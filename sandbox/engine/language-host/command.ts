import type {
  ProgramInfo,
  RunPluginRequest,
  RunRequest,
} from "@pulumi/pulumi/proto/language_pb";
import { runtimeOptions, type RuntimeOptions } from "./options";

/** A Node.js process to be started. */
export interface Command {
  readonly args: readonly string[];
  /** Left out: the language host's own, which the engine starts in the program's folder. */
  readonly cwd?: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Gives the file of an entry point of the SDK, for a program in the folder. */
export type EntryPoints = (name: string, folder: string) => string;

/** The kind of plugin that a policy pack is to the engine. */
export const policyPack = "analyzer";

/**
 * The program of a stack, run by the SDK's own entry point.
 *
 * @throws TypeError when Pulumi.yaml has a wrong runtime option.
 */
export function programCommand(
  request: RunRequest,
  engineAddress: string,
  entryPoints: EntryPoints,
): Command {
  const info = request.getInfo();
  const options = optionsIn(info);
  const folder = request.getPwd();
  return {
    args: [
      ...options.nodeArgs,
      entryPoints("run", folder),
      ...named({
        monitor: request.getMonitorAddress(),
        engine: engineAddress,
        organization: request.getOrganization(),
        project: request.getProject(),
        "root-directory": info?.getRootDirectory() ?? "",
        stack: request.getStack(),
        pwd: folder,
        parallel: String(request.getParallel()),
      }),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info?.getEntryPoint() ?? ".",
      ...request.getArgsList(),
    ],
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

/**
 * A policy pack, run in its own folder.
 *
 * @throws TypeError when its PulumiPolicy.yaml has a wrong runtime option.
 * @throws Error for a plugin of another kind.
 */
export function packCommand(
  request: RunPluginRequest,
  entryPoints: EntryPoints,
): Command {
  if (request.getKind() !== policyPack) {
    throw new Error(
      `this language host runs programs and policy packs, no plugin of the kind "${request.getKind()}"; ` +
        "the one that comes with Pulumi's download does",
    );
  }
  const info = request.getInfo();
  const options = optionsIn(info);
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  return {
    args: [
      ...options.nodeArgs,
      entryPoints("run-policy-pack", folder),
      ...request.getArgsList(),
      folder,
    ],
    cwd: folder,
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

const optionsIn = (info: ProgramInfo | undefined): RuntimeOptions =>
  runtimeOptions(info?.getOptions()?.toJavaScript() ?? {});

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
