import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./problem";
import type { RawConfig } from "./raw";
import { readYamlText, type ReadDocument } from "./yaml-document";
import { isYamlMap, type YamlMap } from "./yaml-map";

/** Beside Pulumi.yaml, and nowhere else: a change of config makes nobody read other files. */
const fileName = /^[\w-][\w.-]*\.ya?ml$/;

/**
 * The config with the users of the file that `usersFile` names. Pulumi hands the config to a program in
 * one environment variable, and Linux takes 128 KB in it, Windows 32 KB (pulumi #8680): some 2,000
 * users.
 *
 * @throws ConfigError when there is no such file, it is no map, or a user stands in both places.
 */
export function withUsersFile(raw: RawConfig, folder: string): RawConfig {
  const file = raw.values["usersFile"] ?? "";
  if (file === "") return raw;
  const ofFile = usersIn(readUsersFile(folder, file), file);
  const own = ownUsers(raw);
  if (own === undefined) return raw;
  const twice = Object.keys(own).filter((name) => Object.hasOwn(ofFile, name));
  if (twice.length > 0) {
    throw new ConfigError(
      twice.map((name) => ({
        path: `users.${name}`,
        found: `the user here and in ${file}`,
        expected: "one of them. Fix: remove the other",
      })),
    );
  }
  const users = JSON.stringify({ ...ofFile, ...own });
  return { ...raw, values: { ...raw.values, users } };
}

/** The file as read, for whoever looks for lines in it. @throws ConfigError when it can't be read. */
export function readUsersFile(folder: string, file: string): ReadDocument {
  if (!fileName.test(file)) {
    throw refused(file, "the name of a .yaml file beside Pulumi.yaml");
  }
  const path = join(folder, file);
  if (!existsSync(path) || !lstatSync(path).isFile()) {
    throw refused(`${file}, and no such file`, `a file at ${path}`);
  }
  const read = readYamlText(readFileSync(path, "utf8"));
  if (!("found" in read)) return read;
  throw refused(`${file}: ${read.found}`, read.expected);
}

function usersIn({ document }: ReadDocument, file: string): YamlMap {
  const users: unknown = document.toJS({ maxAliasCount: -1 });
  if (isYamlMap(users)) return users;
  throw refused(`${file}, which is no map`, "a map of user names to settings");
}

/** undefined: what stands there is no map, which the schema says. */
function ownUsers({ values }: RawConfig): YamlMap | undefined {
  const text = values["users"] ?? "";
  if (text === "") return {};
  try {
    const users: unknown = JSON.parse(text);
    return isYamlMap(users) ? users : undefined;
  } catch {
    return undefined;
  }
}

const refused = (found: string, expected: string): ConfigError =>
  new ConfigError([{ path: "usersFile", found, expected }]);
