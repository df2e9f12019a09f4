import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { asPulumiHandsIt, isEncrypted } from "./handed-value";
import { nearestName } from "./nearest-name";
import { ConfigError } from "./problem";
import type { RawConfig } from "./raw";
import { withUsersFile } from "./users-file";
import { readYamlText } from "./yaml-document";
import { isYamlMap, type YamlMap } from "./yaml-map";

/** What a project file may say of a config key, instead of a plain default. */
const declarationKeys = [
  "type",
  "description",
  "items",
  "default",
  "value",
  "secret",
];

export const stackFileName = (stack: string): string => `Pulumi.${stack}.yaml`;

/**
 * The config of a stack, read from Pulumi.yaml and Pulumi.<stack>.yaml as Pulumi would hand it to
 * the program: for commands that have to work without Pulumi, a login or a state.
 *
 * `otherwise` holds what the stack has where its file says nothing; with it, a file that is not there
 * is an empty one.
 *
 * Encrypted values can't be read that way; a stack that has any is refused, with a message that says
 * where else to look.
 *
 * @throws ConfigError when a file is missing, is not YAML, or holds an encrypted value, and as
 *   `withUsersFile` does.
 */
export function readRawConfigFromFiles(
  folder: string,
  stack: string,
  otherwise?: Readonly<Record<string, string>>,
): RawConfig {
  const project = readProject(folder, stack);
  const isEmpty = otherwise !== undefined && !existsSync(project.stackFile);
  const own = isEmpty
    ? new Map<string, unknown>()
    : ownKeysOf(project, stackFileName(stack));
  const asked = new Map(Object.entries(otherwise ?? {}));
  const raw = merged(project, stack, asked, own);
  return { ...withUsersFile(raw, folder), stackName: stack };
}

/** What all stacks of a project have where their files say nothing else, as Pulumi.yaml says. */
export const readSharedConfig = (folder: string): RawConfig =>
  merged(readProject(folder, ""), "<stack>");

/**
 * The stacks that have a file with something to say: one that Pulumi made by itself has but the salt of
 * the stack's secrets.
 */
export function stacksWithConfig(folder: string): readonly string[] {
  const project = readProject(folder, "");
  const filesIn = dirname(project.stackFile);
  return stacksWithFile(filesIn).filter((stack) => {
    const name = stackFileName(stack);
    const stackFile = join(filesIn, name);
    return ownKeysOf({ ...project, stackFile }, name).size > 0;
  });
}

const ownKeysOf = ({ name, stackFile }: ProjectFile, shown: string) =>
  ownKeys(name, readYaml(stackFile, shown)["config"], false);

/** The project's defaults, and over them each of `over`, whole keys at a time. */
function merged(
  { name, config }: ProjectFile,
  stack: string,
  ...over: readonly ReadonlyMap<string, unknown>[]
): RawConfig {
  const defaults = ownKeys(name, config, true);
  const values = new Map([
    ...[...defaults]
      .map(([key, declared]) => [key, defaultOf(declared)] as const)
      .filter(([, value]) => value !== undefined && value !== null),
    ...over.flatMap((one) => [...one]),
  ]);
  refuseEncrypted(stack, values);
  return {
    values: Object.fromEntries(
      [...values].map(([key, value]) => [key, asPulumiHandsIt(value)]),
    ),
    secretKeys: new Set(
      [...defaults]
        .filter(
          ([, declared]) => isYamlMap(declared) && declared["secret"] === true,
        )
        .map(([key]) => key),
    ),
  };
}

/** A project, as its Pulumi.yaml says. */
export interface ProjectFile {
  readonly name: string;
  readonly config: unknown;
  /** The path of the stack's file, whether or not there is one. */
  readonly stackFile: string;
}

/** @throws ConfigError when there is no Pulumi.yaml, or it is not YAML. */
export function readProject(folder: string, stack: string): ProjectFile {
  const { name, config, stackConfigDir } = readYaml(
    join(folder, "Pulumi.yaml"),
    "Pulumi.yaml",
  );
  const stackFolder = typeof stackConfigDir === "string" ? stackConfigDir : "";
  return {
    name: String(name),
    config,
    stackFile: join(folder, stackFolder, stackFileName(stack)),
  };
}

function readYaml(path: string, name: string): YamlMap {
  if (!existsSync(path)) {
    const expected = `a file at ${path}${nearestStack(path, name)}`;
    throw new ConfigError([{ path: name, found: "no such file", expected }]);
  }
  const read = readYamlText(readFileSync(path, "utf8"));
  if ("found" in read) throw new ConfigError([{ path: name, ...read }]);
  const content: unknown = read.document.toJS({ maxAliasCount: -1 });
  return isYamlMap(content) ? content : {};
}

/** Of the stacks that have a file beside the missing one, which was meant; "": none, or it is no stack's. */
function nearestStack(path: string, name: string): string {
  const stack = stackIn(name);
  const one =
    stack === undefined
      ? undefined
      : nearestName(stack, stacksWithFile(dirname(path)));
  return one === undefined ? "" : `; the nearest stack is ${one}`;
}

const stackIn = (file: string): string | undefined =>
  /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1];

/** Stacks that have a file in the folder, whatever it says. */
export const stacksWithFile = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((file) => stackIn(file) ?? [])
    : [];

/** The keys of the project's own namespace; in a project file they may go without it. */
function ownKeys(
  project: string,
  config: unknown,
  bare: boolean,
): ReadonlyMap<string, unknown> {
  const prefix = `${project}:`;
  const keys = new Map<string, unknown>();
  for (const [key, value] of Object.entries(isYamlMap(config) ? config : {})) {
    if (key.startsWith(prefix)) keys.set(key.slice(prefix.length), value);
    else if (bare && !key.includes(":")) keys.set(key, value);
  }
  return keys;
}

/** Whether a project file declares the key so, rather than give it this value. */
export const isDeclaration = (declared: unknown): declared is YamlMap =>
  isYamlMap(declared) &&
  Object.keys(declared).every((key) => declarationKeys.includes(key));

const defaultOf = (declared: unknown): unknown =>
  isDeclaration(declared)
    ? (declared["value"] ?? declared["default"])
    : declared;

function refuseEncrypted(
  stack: string,
  values: ReadonlyMap<string, unknown>,
): void {
  const problems = [...values]
    .flatMap(([key, value]) => encryptedPaths(key, value))
    .map((path) => ({
      path,
      found: `an encrypted value, in ${stackFileName(stack)}`,
      expected: `a plain one, since this reads the file without Pulumi (pulumi stack output --stack ${stack} can read it)`,
    }));
  if (problems.length > 0) throw new ConfigError(problems);
}

function encryptedPaths(path: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      encryptedPaths(`${path}[${index}]`, item),
    );
  }
  if (isEncrypted(value)) return [path];
  return isYamlMap(value)
    ? Object.keys(value).flatMap((key) =>
        encryptedPaths(`${path}.${key}`, value[key]),
      )
    : [];
}
