import { readBastion } from "./bastion";
import type { StackConfig } from "./model";
import { readOrganisation } from "./organisation";
import { ConfigError, type Problem } from "./problem";
import { ConfigReader } from "./reader";
import type { RawConfig } from "./raw";
import { readStackKind } from "./stack-kind";
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
  "workloadAccountId",
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
  "usersFile",
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
  const organisation = readOrganisation(reader, now);
  const kind = readStackKind(
    reader,
    raw.stackName,
    () => organisation.accountNames,
  );
  const config =
    kind === undefined
      ? undefined
      : kind.kind === "workload"
        ? readWorkload(reader, organisation, kind.account)
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
export { withUsersFile } from "./users-file";
export type * from "./model";
