import { readBastion } from "./bastion";
import type { StackConfig } from "./model";
import { readOrganisation } from "./organisation";
import { ConfigError, type Problem } from "./problem";
import { ConfigReader } from "./reader";
import type { RawConfig } from "./raw";
import * as schema from "./schema";
import { readWorkload } from "./workload";

/** Every key that a stack of this project can have, as declared in Pulumi.yaml, in that order. */
export const configKeys = [
  "stack",
  "partition",
  "region",
  "bastionAccountId",
  "bastionStack",
  "deploymentRole",
  "webIdentityTokenFile",
  "pipeline",
  "tags",
  "accounts",
  "roles",
  "unlistedPolicies",
  "revokedSessions",
  "auditor",
  "deployTo",
  "breakGlassAlarm",
  "accountAlias",
  "passwordPolicy",
  "selfService",
  "helpDesk",
  "everybody",
  "teams",
  "users",
  "keepPoliciesOf",
] as const;

/**
 * The border: what a person wrote becomes a `StackConfig`, or one error that lists all that is
 * wrong. No resource has been registered by then.
 *
 * @param now sessions that were revoked longer ago than any lasts are no longer the config's
 * @throws ConfigError with every problem.
 */
export function parseConfig(raw: RawConfig, now = new Date()): StackConfig {
  const reader = new ConfigReader(raw);
  const stack = reader.text("stack", schema.stack);
  if (stack === undefined && reader.problems.length === 0) {
    reader.report(
      "stack",
      "nothing",
      "bastion or workload: which of the two this stack builds",
    );
  }
  const organisation = readOrganisation(reader, now);
  const config =
    stack === undefined
      ? undefined
      : stack === "workload"
        ? readWorkload(reader, organisation)
        : readBastion(reader, organisation);
  reader.unknownKeys(configKeys);
  if (config === undefined || reader.problems.length > 0) {
    throw new ConfigError(inOrder(reader.problems));
  }
  return config;
}

/** Keys in the order of Pulumi.yaml; unknown ones last; within a key, as they were found. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const keys: readonly string[] = configKeys;
  const rank = ({ path }: Problem): number => {
    const index = keys.indexOf(path.split(/[.[]/, 1)[0] ?? "");
    return index < 0 ? keys.length : index;
  };
  return [...problems].sort((a, b) => rank(a) - rank(b));
}

export { ConfigError };
export { show, type Problem } from "./problem";
export { readRawConfig, type RawConfig } from "./raw";
export type * from "./model";
