import { Config, getStack, runtime } from "@pulumi/pulumi";

/** The stack's config as text, by key, before anything is known to be right. */
export interface RawConfig {
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: ReadonlySet<string>;
  /** The stack's name, which says what it is where the key `stack` does not. */
  readonly stackName?: string;
}

/** Reads every key of the project's namespace, the unknown ones too: they may be misspelt. */
export function readRawConfig(project: string): RawConfig {
  const prefix = `${project}:`;
  const config = new Config(project);
  const keys = Object.keys(runtime.allConfig())
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  return {
    stackName: getStack(),
    values: Object.fromEntries(keys.map((key) => [key, config.get(key) ?? ""])),
    secretKeys: new Set(
      secretConfigKeys()
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
    ),
  };
}

/** The SDK knows which keys are secret, but passes them to programs only through this variable. */
function secretConfigKeys(): readonly string[] {
  const keys: unknown = JSON.parse(
    process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]",
  );
  return Array.isArray(keys)
    ? keys.filter((key) => typeof key === "string")
    : [];
}
