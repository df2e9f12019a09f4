import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import {
  readProject,
  readRawConfigFromFiles,
} from "../../infra/config/from-files";
import { readYamlText } from "../../infra/config/yaml-document";
import { YamlLines } from "../../infra/config/yaml-lines";
import { everybodysGroup, teamGroup } from "../../infra/names";
import type { AccountFinding } from "./findings";

/** Where the config speaks of what a finding is about. */
export interface ConfigPlace {
  /** Below the project's folder. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export type PlaceOf = (
  finding: Pick<AccountFinding, "account" | "subject">,
) => ConfigPlace;

/** A key of the config, and the name in it. */
type ConfigPath = readonly [key: string, ...name: string[]];

/**
 * Finds a user, a team, a role or an account in the bastion's stack file, or in Pulumi.yaml where that
 * has the key; what neither speaks of stands for the whole stack file.
 */
export function placesInConfig(folder: string, stack: string): PlaceOf {
  const { name: project, stackFile } = readProject(folder, stack);
  const ofStack = linesIn(stackFile);
  const ofProject = linesIn(join(folder, "Pulumi.yaml"));
  const whole = { file: relative(folder, stackFile), line: 1 };
  const { values } = readRawConfigFromFiles(folder, stack);
  const usersFile = values["usersFile"] ?? "";
  const ofUsers =
    usersFile === "" ? undefined : linesIn(join(folder, usersFile));
  return ({ account, subject }) => {
    for (const [key, ...name] of pathsTo(subject, account.name)) {
      // The one account of that key, and no other.
      if (key === "workloadAccountId" && values[key] !== account.id) continue;
      const ofUser = key === "users" ? ofUsers?.(name) : undefined;
      if (ofUser !== undefined) return { file: usersFile, line: ofUser };
      const own = ofStack(["config", `${project}:${key}`, ...name]);
      if (own !== undefined) return { ...whole, line: own };
      const shared = ["default", "value"]
        .map((form) => ofProject(["config", key, form, ...name]))
        .find((line) => line !== undefined);
      if (shared !== undefined) return { file: "Pulumi.yaml", line: shared };
    }
    return whole;
  };
}

/** The nearest first. */
function pathsTo(arn: string, account: string): readonly ConfigPath[] {
  const [type = "", name = ""] =
    /[^:]*$/.exec(arn)?.[0].split(/\/(?:.*\/)?/) ?? [];
  switch (type) {
    case "user":
      return [["users", name]];
    case "group":
      return name === everybodysGroup
        ? [["everybody"]]
        : [["teams", name.replace(teamGroup(""), "")]];
    case "role":
      return [["roles", name], ["accounts", account], ["workloadAccountId"]];
    default:
      return [
        ["accounts", account],
        ["workloadAccountId"],
        ["bastionAccountId"],
      ];
  }
}

/** The line of the key at the end of the path; undefined where there is none. */
function linesIn(
  file: string,
): (path: readonly string[]) => number | undefined {
  const read = readYamlText(readFileSync(file, "utf8"));
  if ("found" in read) return () => undefined;
  const yaml = new YamlLines(read);
  return (path) => yaml.at(...path)?.line;
}
