import type { BastionConfig, WorkloadConfig } from "./config";
import { readAlarm, writeAlarm } from "./documents/break-glass-permissions";
import {
  bastionDeploymentPolicy,
  previewPolicy,
  workloadDeploymentPolicy,
} from "./documents/pipeline-permissions";
import { identityProviderArn } from "./documents/pipeline-trust";
import {
  consoleOnlyGroup,
  everybodysGroup,
  organizationsRole,
  pipelineRoles,
  teamGroup,
} from "./names";
import { iamArn, type AccountId } from "./partition";
import type { PipelineArgs } from "./components/pipeline";

type Policies = Pick<PipelineArgs, "preview" | "deployment">;

/** What the bastion's pipeline may do: a team that comes or goes takes no new permission. */
export const bastionPipeline = ({
  organisation: { partition },
  accountId,
  users,
}: BastionConfig): Policies => ({
  preview: previewPolicy(),
  deployment: bastionDeploymentPolicy(
    partition,
    accountId,
    [everybodysGroup, consoleOnlyGroup, teamGroup("*")],
    { firstPasswords: users.some(({ pgpKey }) => pgpKey !== undefined) },
  ),
});

/**
 * What a workload account's pipeline may do. Nothing here comes from `deploymentRole` in the config:
 * a run of the pipeline sets that, and would plan a change of its own permissions each time.
 */
export function workloadPipeline(
  { organisation: { partition } }: WorkloadConfig,
  account: AccountId,
  hasAlarm: boolean,
): Policies {
  const protectedArns = [
    ...[...Object.values(pipelineRoles), organizationsRole].map((role) =>
      iamArn(partition, account, `role/${role}`),
    ),
    identityProviderArn(partition, account),
  ];
  return {
    preview: previewPolicy(...(hasAlarm ? readAlarm(partition, account) : [])),
    deployment: workloadDeploymentPolicy(
      partition,
      account,
      protectedArns,
      ...(hasAlarm ? writeAlarm(partition, account) : []),
    ),
  };
}
