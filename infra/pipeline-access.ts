import type { BastionConfig, PipelineFacts, WorkloadConfig } from "./config";
import { readAlarm, writeAlarm } from "./documents/break-glass-permissions";
import {
  bastionDeploymentPolicy,
  previewPolicy,
  workloadDeploymentPolicy,
} from "./documents/pipeline-permissions";
import {
  identityProviderArn,
  pipelineTrust,
  tokenAudience,
  tokenIssuer,
  type TokenSubject,
} from "./documents/pipeline-trust";
import type { PolicyDocument } from "./documents/policy-document";
import {
  consoleOnlyGroup,
  everybodysGroup,
  organizationsRole,
  pipelineRoles,
  teamGroup,
} from "./names";
import { iamArn, type AccountId, type Partition } from "./partition";

/** What an account gets for a repository's workflows. */
export type PipelinePlan = ReturnType<typeof planPipeline>;
export type PipelineRolePlan = PipelinePlan["preview"];

/** The bastion's pipeline, if config has one: a team that comes or goes takes no new permission. */
export function bastionPipeline({
  organisation: { partition },
  accountId,
  users,
  pipeline,
}: BastionConfig): PipelinePlan | undefined {
  if (pipeline === undefined) return undefined;
  return planPipeline(pipeline, partition, accountId, {
    preview: previewPolicy(),
    deployment: bastionDeploymentPolicy(
      partition,
      accountId,
      [everybodysGroup, consoleOnlyGroup, teamGroup("*")],
      { firstPasswords: users.some(({ pgpKey }) => pgpKey !== undefined) },
    ),
  });
}

/**
 * A workload account's pipeline, if config has one. No permission comes from `deploymentRole` in the
 * config: a run of the pipeline sets that, and would plan a change of its own permissions each time.
 */
export function workloadPipeline(
  { organisation: { partition }, pipeline }: WorkloadConfig,
  accountId: AccountId,
  hasAlarm: boolean,
): PipelinePlan | undefined {
  if (pipeline === undefined) return undefined;
  const protectedArns = [
    ...[...Object.values(pipelineRoles), organizationsRole].map((role) =>
      iamArn(partition, accountId, `role/${role}`),
    ),
    identityProviderArn(partition, accountId),
  ];
  return planPipeline(pipeline, partition, accountId, {
    preview: previewPolicy(
      ...(hasAlarm ? readAlarm(partition, accountId) : []),
    ),
    deployment: workloadDeploymentPolicy(
      partition,
      accountId,
      protectedArns,
      ...(hasAlarm ? writeAlarm(partition, accountId) : []),
    ),
  });
}

function planPipeline(
  { repository, deploysFrom, existingProvider }: PipelineFacts,
  partition: Partition,
  accountId: AccountId,
  policies: Readonly<Record<"preview" | "deployment", PolicyDocument>>,
) {
  const planRole = (
    kind: keyof typeof policies,
    description: string,
    subject: TokenSubject,
  ) => ({
    name: pipelineRoles[kind],
    arn: iamArn(partition, accountId, `role/${pipelineRoles[kind]}`),
    description,
    trustPolicy: pipelineTrust(partition, accountId, repository, subject),
    policy: policies[kind],
  });
  return {
    /** undefined: another stack made GitHub's identity provider in the account. */
    identityProvider: existingProvider
      ? undefined
      : {
          url: `https://${tokenIssuer}`,
          clientIdLists: [tokenAudience(partition)],
        },
    preview: planRole(
      "preview",
      "Reads, for the plan that a pull request shows",
      { pullRequest: true },
    ),
    deployment: planRole("deployment", "Deploys what was merged", deploysFrom),
  };
}
