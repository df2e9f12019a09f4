import type { BastionConfig, PipelineFacts, WorkloadConfig } from "./config";
import { isSingleAccount } from "./config/single-account";
import { auditorPolicy } from "./documents/auditor";
import { readAlarm, writeAlarm } from "./documents/break-glass-permissions";
import {
  bastionDeploymentPolicy,
  previewPolicy,
  singleAccountDeploymentPolicy,
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

/** The groups that the program makes: a team that comes or goes takes no new permission. */
const groups = [everybodysGroup, consoleOnlyGroup, teamGroup("*")];

/** The bastion's pipeline, if config has one; that of a single account is made with its roles. */
export function bastionPipeline({
  organisation,
  accountId,
  users,
  pipeline,
  breakGlassAlarm,
}: BastionConfig): PipelinePlan | undefined {
  const { partition, auditor } = organisation;
  if (pipeline === undefined || isSingleAccount(organisation, accountId)) {
    return undefined;
  }
  return planPipeline(pipeline, partition, accountId, {
    ...(auditor && { audit: auditorPolicy() }),
    preview: previewPolicy(
      ...(breakGlassAlarm ? readAlarm(partition, accountId) : []),
    ),
    deployment: bastionDeploymentPolicy(
      partition,
      accountId,
      groups,
      { firstPasswords: users.some(({ pgpKey }) => pgpKey !== undefined) },
      ...(breakGlassAlarm ? writeAlarm(partition, accountId) : []),
    ),
  });
}

/** Where a workload account's pipeline is for. */
interface PipelinePlace {
  readonly accountId: AccountId;
  readonly bastionAccountId: AccountId;
  readonly hasAlarm: boolean;
}

/**
 * A workload account's pipeline, if config has one; in a single account it deploys both stacks. No
 * permission comes from `deploymentRole` in the config: a run of the pipeline sets that, and would
 * plan a change of its own permissions each time.
 */
export function workloadPipeline(
  { organisation, pipeline }: WorkloadConfig,
  { accountId, bastionAccountId, hasAlarm }: PipelinePlace,
): PipelinePlan | undefined {
  if (pipeline === undefined) return undefined;
  const { partition, auditor } = organisation;
  const protectedArns = [
    ...[...Object.values(pipelineRoles), organizationsRole].map((role) =>
      iamArn(partition, accountId, `role/${role}`),
    ),
    identityProviderArn(partition, accountId),
  ];
  const alarm = hasAlarm ? writeAlarm(partition, accountId) : [];
  return planPipeline(pipeline, partition, accountId, {
    ...(auditor && { audit: auditorPolicy() }),
    preview: previewPolicy(
      ...(hasAlarm ? readAlarm(partition, accountId) : []),
    ),
    deployment: isSingleAccount(organisation, bastionAccountId)
      ? singleAccountDeploymentPolicy(
          partition,
          accountId,
          groups,
          protectedArns,
          ...alarm,
        )
      : workloadDeploymentPolicy(partition, accountId, protectedArns, ...alarm),
  });
}

function planPipeline(
  { repository, deploysFrom, existingProvider }: PipelineFacts,
  partition: Partition,
  accountId: AccountId,
  {
    preview,
    deployment,
    audit,
  }: {
    readonly preview: PolicyDocument;
    readonly deployment: PolicyDocument;
    readonly audit?: PolicyDocument;
  },
) {
  const planRole = (
    kind: keyof typeof pipelineRoles,
    policy: PolicyDocument,
    description: string,
    subject: TokenSubject,
  ) => ({
    name: pipelineRoles[kind],
    arn: iamArn(partition, accountId, `role/${pipelineRoles[kind]}`),
    description,
    trustPolicy: pipelineTrust(partition, accountId, repository, subject),
    /** Seconds: one run's worth, and the shortest that IAM lets a role have. */
    maxSessionSeconds: 3_600,
    inlinePolicies: { [pipelineRoles[kind]]: policy },
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
      preview,
      "Reads, for the plan that a pull request shows",
      { pullRequest: true },
    ),
    deployment: planRole(
      "deployment",
      deployment,
      "Deploys what was merged",
      deploysFrom,
    ),
    audit:
      audit &&
      planRole(
        "audit",
        audit,
        "Reads IAM, for npm run verify by a workflow",
        deploysFrom,
      ),
  };
}
