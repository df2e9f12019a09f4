import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { configKeys } from "../../infra/config";
import { isDeclaration } from "../../infra/config/from-files";
import { isEncrypted } from "../../infra/config/handed-value";
import { isYamlMap, type YamlMap } from "../../infra/config/yaml-map";
import { readStrictly } from "./strict-yaml";

/** What git has at a path, on one side of a change. */
export interface GitEntry {
  /** As `100644`, a plain file; a link and a submodule have others. */
  readonly mode: string;
  readonly bytes: () => Uint8Array;
  readonly size: number;
}

/** A path that is not the same on both sides. */
export interface ChangedPath {
  readonly path: string;
  /** undefined: there was nothing, or is nothing any more. */
  readonly before: GitEntry | undefined;
  readonly after: GitEntry | undefined;
}

/**
 * What a change has beyond config, in words, by path; nothing: it is one of config alone, and the program
 * that was there before can be run with its files.
 *
 * Config alone are values of keys that the program before declares, in plain files. It is none that says
 * where Pulumi or the program look: what runs then could be the author's, or see what the author shows.
 *
 * @param project the namespace of the program's own keys
 */
export const beyondConfig = (
  changed: readonly ChangedPath[],
  project: string,
): readonly string[] =>
  changed.flatMap((one) =>
    faultsOf(one, project).map((fault) =>
      fault === "" ? one.path : `${one.path} ${fault}`,
    ),
  );

/** So that nobody has to wait for a file to be read. */
const mostBytes = 200_000;

/** As git writes the mode of a plain file, which nobody may run. */
const plainFile = "100644";

/** Keys that lead elsewhere, and that a preview of the pipeline sets itself or can't show. */
const leadsElsewhere: ReadonlySet<string> = new Set([
  "bastionStack",
  "deploymentRole",
  "usersFile",
  "webIdentityTokenFile",
]);

function faultsOf(
  { path, before, after }: ChangedPath,
  project: string,
): readonly string[] {
  const isProject = path === "Pulumi.yaml";
  if (!isProject && !/^Pulumi\.[\w-]+\.yaml$/.test(path)) return [""];
  if (after === undefined) return ["is gone"];
  if ([before, after].some((one) => one && one.mode !== plainFile)) {
    return ["is no plain file"];
  }
  if (after.size > mostBytes) return [`has more than ${mostBytes} bytes`];
  const read = readStrictly(after.bytes());
  if (read.kind === "faults") return read.faults;
  const was = before && new TextDecoder().decode(before.bytes());
  const [old, now] = [
    was === undefined ? {} : parse(was, { merge: true }),
    read.data,
  ].map(mapOf);
  if (old === undefined || now === undefined) return ["is not a map"];
  return isProject
    ? projectFaults(old, now)
    : stackFaults(old, now, `${project}:`);
}

const mapOf = (value: unknown): YamlMap | undefined =>
  isYamlMap(value) ? value : undefined;

const differing = (old: YamlMap, now: YamlMap): readonly string[] =>
  [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (key) => !isDeepStrictEqual(old[key], now[key]),
  );

/** All that differs beside `config`, and what of that is more than a value of the program's own key. */
function faultsIn(
  old: YamlMap,
  now: YamlMap,
  faultOfKey: (key: string, old: unknown, now: unknown) => string | undefined,
): readonly string[] {
  const beside = differing(old, now)
    .filter((key) => key !== "config")
    .map((key) => `changes ${key}`);
  const [was, is] = [old, now].map(({ config }) => mapOf(config ?? {}));
  if (was === undefined || is === undefined) {
    return [...beside, "has a config that is no map"];
  }
  return [
    ...beside,
    ...differing(was, is).flatMap((key) => {
      const fault = faultOfKey(key, was[key], is[key]);
      return fault === undefined ? [] : [`changes ${key}${fault}`];
    }),
  ];
}

const stackFaults = (old: YamlMap, now: YamlMap, prefix: string) =>
  faultsIn(old, now, (key, _, value) =>
    key.startsWith(prefix)
      ? faultOfOwn(key.slice(prefix.length), value)
      : notOwn,
  );

/** A project file declares keys: of those that it declared before, the default may be another. */
const projectFaults = (old: YamlMap, now: YamlMap) =>
  faultsIn(old, now, (key, was, is) => {
    if (key.includes(":")) return notOwn;
    if (!isDeclaration(was) || !isDeclaration(is)) {
      return ", which is not declared in both";
    }
    return differing(was, is).every((part) => part === "default")
      ? faultOfOwn(key, is["default"])
      : ", and not its default alone";
  });

const notOwn = ", which is no key of the program's own";

function faultOfOwn(key: string, value: unknown): string | undefined {
  if (!configKeys.some((one) => one === key)) return notOwn;
  if (leadsElsewhere.has(key)) return ", which leads elsewhere";
  return holdsEncrypted(value)
    ? ", which is encrypted: nobody who reads it knows what it says"
    : undefined;
}

const holdsEncrypted = (value: unknown): boolean =>
  isEncrypted(value) ||
  (typeof value === "object" &&
    value !== null &&
    Object.values(value).some(holdsEncrypted));
