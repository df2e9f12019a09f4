import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** What the project's files say that a take-over needs to know. */
export interface Project {
  readonly name: string;
  readonly stack: string;
  readonly partition: string;
  readonly region: string;
  readonly bastionAccountId: string;
  /** undefined: the caller's own credentials. */
  readonly deploymentRole: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly accounts: readonly WorkloadAccount[];
  /** Names of the further roles, with the AWS policies that each has. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
  /** Names of the teams that the config has already. */
  readonly teams: readonly string[];
  /** The text of the stack's file; undefined: there is none yet. */
  readonly stackFile: string | undefined;
}

export interface WorkloadAccount {
  readonly name: string;
  readonly id: string;
}

/** The project's files are not what they must be. */
export class ProjectError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ProjectError";
  }
}

type Values = Readonly<Record<string, unknown>>;

const homeRegions: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-cn": "cn-north-1",
};

/** Reads Pulumi.yaml's defaults, and over them the stack's file where there is one. */
export function readProject(folder: string, stack: string): Project {
  const { name, config } = projectFile(join(folder, "Pulumi.yaml"));
  const file = join(folder, `Pulumi.${stack}.yaml`);
  const stackFile = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const values = { ...config, ...ownValues(stackFile, name) };
  const partition = textOf(values, "partition") ?? "aws";
  const role = textOf(values, "deploymentRole");
  return {
    name,
    stack,
    partition,
    region: textOf(values, "region") ?? homeRegions[partition] ?? "us-east-1",
    bastionAccountId: accountIdIn(values, "bastionAccountId", ""),
    deploymentRole:
      role === "none" ? undefined : (role ?? "OrganizationAccountAccessRole"),
    tags: textsOf(values["tags"]),
    accounts: Object.entries(mapOf(values["accounts"])).map(
      ([account, facts]) => ({
        name: account,
        id: accountIdIn(mapOf(facts), "id", `accounts.${account}.`),
      }),
    ),
    roles: new Map(
      Object.entries(mapOf(values["roles"])).map(([role, facts]) => [
        role,
        namesOf(mapOf(facts)["managedPolicies"]),
      ]),
    ),
    teams: Object.keys(mapOf(values["teams"])),
    stackFile,
  };
}

/** @param path of the map that the key stands in, for the message */
function accountIdIn(values: Values, key: string, path: string): string {
  const id = values[key];
  if (typeof id === "string" && /^\d{12}$/.test(id)) return id;
  throw new ProjectError(
    `Pulumi.yaml, ${path}${key}: expected the id of an account, 12 digits in quotes, and found ${
      id === undefined ? "none" : `${JSON.stringify(id)}, a ${typeof id}`
    }`,
  );
}

function projectFile(path: string): {
  readonly name: string;
  readonly config: Values;
} {
  if (!existsSync(path)) throw new ProjectError(`there is no ${path}`);
  const file = mapOf(parse(readFileSync(path, "utf8")));
  const config = Object.entries(mapOf(file["config"])).map(
    ([key, declared]) => {
      if (typeof declared !== "object") return [key, declared] as const;
      const { value, default: usual } = mapOf(declared);
      return [key, value ?? usual] as const;
    },
  );
  return {
    name: textOf(file, "name") ?? "",
    config: Object.fromEntries(config),
  };
}

function ownValues(text: string | undefined, project: string): Values {
  if (text === undefined) return {};
  const config = mapOf(mapOf(parse(text))["config"]);
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replace(`${project}:`, ""),
      value,
    ]),
  );
}

export const mapOf = (value: unknown): Values =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};

const namesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

function textOf(values: Values, key: string): string | undefined {
  const value = values[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(mapOf(value)).map(([key, one]) => [key, String(one)]),
  );
