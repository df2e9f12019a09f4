import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isDeclaration, readProject, type ProjectFile } from "./from-files";
import { isSameValue } from "./handed-value";
import { ConfigError, type Problem } from "./problem";
import { readUsersFile } from "./users-file";
import { readYamlText } from "./yaml-document";
import { stepsOf, YamlLines, type YamlEntry } from "./yaml-lines";

/** Which stack's config it is, and what it says by key. */
export interface ConfigSource {
  readonly folder: string;
  readonly stack: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Runs what may refuse the config; the error then says in which file and line each problem stands. */
export function withPlaces<T>(source: ConfigSource, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ConfigError ? placed(error, source) : error;
  }
}

/**
 * The same error with file and line of each problem, in the order in which they stand there. What is
 * missing altogether has no line, and comes first.
 */
export function placed(error: ConfigError, source: ConfigSource): ConfigError {
  const placeOfKey = keyPlaces(source, filesOf(source));
  const found = error.problems.map(
    (problem) => [problem, placeOf(problem, source, placeOfKey)] as const,
  );
  const inOrder = [...found].sort(([, one], [, other]) => byPlace(one, other));
  return new ConfigError(
    inOrder.map(([problem, place]) =>
      place === undefined ? problem : { ...problem, place: place.text },
    ),
  );
}

/** A file, and what it has for a key of the config. */
interface ConfigFile {
  readonly name: string;
  readonly yaml: YamlLines;
  readonly entryOf: (key: string) => YamlEntry | undefined;
}

interface Place {
  /** Which of the files. */
  readonly file: number;
  readonly line: number;
  readonly text: string;
}

const byPlace = (one: Place | undefined, other: Place | undefined): number =>
  (one?.file ?? -1) - (other?.file ?? -1) ||
  (one?.line ?? 0) - (other?.line ?? 0);

/** Where a key stands that the config was read from: an option may name another value of it. */
interface KeyPlace {
  readonly file: number;
  readonly at: ConfigFile;
  readonly entry: YamlEntry;
}

/** The last file that has the key, by the key; it is looked for once, however much is wrong behind it. */
function keyPlaces(
  { values }: ConfigSource,
  files: readonly ConfigFile[],
): (key: string) => KeyPlace | undefined {
  const known = new Map<string, KeyPlace | undefined>();
  const find = (key: string): KeyPlace | undefined => {
    const file = files.findLastIndex(
      ({ entryOf }) => entryOf(key) !== undefined,
    );
    const at = files[file];
    const entry = at?.entryOf(key);
    if (entry === undefined || at === undefined) return undefined;
    const isRead = isSameValue(at.yaml.valueOf(entry), values[key] ?? "");
    return isRead ? { file, at, entry } : undefined;
  };
  return (key) => {
    if (!known.has(key)) known.set(key, find(key));
    return known.get(key);
  };
}

function placeOf(
  { path }: Problem,
  { values }: ConfigSource,
  placeOfKey: (key: string) => KeyPlace | undefined,
): Place | undefined {
  const key = stepsOf(path).find((step) => Object.hasOwn(values, step));
  const place = key === undefined ? undefined : placeOfKey(key);
  if (key === undefined || place === undefined) return undefined;
  const { file, at, entry } = place;
  const line = at.yaml.lineOf(entry, path.slice(key.length));
  return { file, line, text: `${at.name}:${line}` };
}

/** The project's file, then the stack's, which has the last word. */
function filesOf({
  folder,
  stack,
  values,
}: ConfigSource): readonly ConfigFile[] {
  const project = projectAt(folder, stack);
  if (project === undefined) return [];
  const { name, stackFile } = project;
  const projectFile = linesOf(join(folder, "Pulumi.yaml"), (yaml, key) =>
    defaultIn(
      yaml,
      yaml.at("config", `${name}:${key}`) ?? yaml.at("config", key),
    ),
  );
  const ofStack = linesOf(stackFile, (yaml, key) =>
    yaml.at("config", `${name}:${key}`),
  );
  const ofUsers = usersFileAt(folder, values["usersFile"] ?? "");
  return [projectFile, ofStack, ofUsers].filter((file) => file !== undefined);
}

/** Its users are all that it has. */
function usersFileAt(folder: string, name: string): ConfigFile | undefined {
  if (name === "") return undefined;
  const read = unlessRefused(() => readUsersFile(folder, name));
  if (read === undefined) return undefined;
  const yaml = new YamlLines(read);
  return {
    name,
    yaml,
    entryOf: (key) => (key === "users" ? yaml.at() : undefined),
  };
}

/** Files that can't be read as here are Pulumi's to read, and have no lines. */
const projectAt = (folder: string, stack: string): ProjectFile | undefined =>
  unlessRefused(() => readProject(folder, stack));

function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function linesOf(
  path: string,
  find: (yaml: YamlLines, key: string) => YamlEntry | undefined,
): ConfigFile | undefined {
  if (!existsSync(path)) return undefined;
  const read = readYamlText(readFileSync(path, "utf8"));
  if ("found" in read) return undefined;
  const yaml = new YamlLines(read);
  return { name: basename(path), yaml, entryOf: (key) => find(yaml, key) };
}

/** What a project's file says of a key, or declares as its default: on the key's line at least. */
function defaultIn(
  yaml: YamlLines,
  entry: YamlEntry | undefined,
): YamlEntry | undefined {
  if (entry === undefined || !isDeclaration(yaml.valueOf(entry))) return entry;
  const said = yaml.next(entry, "value") ?? yaml.next(entry, "default");
  return said && { ...said, line: entry.line };
}
