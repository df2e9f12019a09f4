import { parse } from "yaml";
import {
  parseConfig,
  type BastionConfig,
  type WorkloadConfig,
} from "../../infra/config";

/** A stack's config as Pulumi hands it over: text for text, JSON for everything else. */
export function rawConfig(yaml: string, secretKeys: readonly string[] = []) {
  // YAML 1.1, as Pulumi reads stack files: that is what drops the leading zero of a number.
  const values = parse(yaml, { version: "1.1" }) as Record<string, unknown>;
  return {
    values: Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        typeof value === "object" ? JSON.stringify(value) : String(value),
      ]),
    ),
    secretKeys: new Set(secretKeys),
  };
}

export function bastionConfig(yaml: string): BastionConfig {
  const config = parseConfig(rawConfig(`stack: bastion\n${yaml}`));
  if (config.stack !== "bastion") throw new Error("not a bastion stack");
  return config;
}

export function workloadConfig(yaml: string): WorkloadConfig {
  const config = parseConfig(rawConfig(`stack: workload\n${yaml}`));
  if (config.stack !== "workload") throw new Error("not a workload stack");
  return config;
}
