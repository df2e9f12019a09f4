import { parse } from "yaml";
import {
  parseConfig,
  type BastionConfig,
  type WorkloadConfig,
} from "../../infra/config";

/** A stack's config as Pulumi hands it over: text for text, JSON for everything else. */
export function rawConfig(yaml: string, secretKeys: readonly string[] = []) {
  // YAML 1.1, as Pulumi reads stack files: that is what drops the leading zero of a number.
  const values = parse(yaml, { version: "1.1" }) as Record<
    string,
    string | number | boolean | object
  >;
  return {
    values: Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
    secretKeys: new Set(secretKeys),
  };
}

const withStack = (stack: string, yaml: string) => {
  const { values, secretKeys } = rawConfig(yaml);
  return { values: { ...values, stack }, secretKeys };
};

export function bastionConfig(yaml: string): BastionConfig {
  const config = parseConfig(withStack("bastion", yaml));
  if (config.stack !== "bastion") throw new Error("not a bastion stack");
  return config;
}

export function workloadConfig(yaml: string): WorkloadConfig {
  const config = parseConfig(withStack("workload", yaml));
  if (config.stack !== "workload") throw new Error("not a workload stack");
  return config;
}
