import type {
  BastionConfig,
  Organisation,
  PipelineFacts,
  WorkloadAccountFacts,
  WorkloadConfig,
} from "./config";
import { isSingleAccount } from "./config/single-account";
import { auditorPolicy } from "./documents/auditor";
import { readAlarm, writeAlarm } from "./documents/break-glass-permissions";
import {
  bastionDeploymentPolicy,
  previewPolicy,
  singleAccountDeploymentPolicy,
  workloadDeploymentPolicy,
  type WrittenRoles,
} from "./documents/pipeline-permissions";
import {
  auditEnvironment,
  pipelineTrust,
  type TokenSubject,
} from "./documents/pipeline-trust";
import type { PolicyDocument } from "./documents/policy-document";
import {
  boundaryPolicies,
  consoleOnlyGroup,
  everybodysGroup,
  organizationsRole,
  pipelineRoles,
  teamGroup,
} from "./names";
import { iamArn, type AccountId, type Partition } from "./partition";
import { boundaryArn } from "./pipeline-boundaries";
import { providerArn } from "./documents/machine-trust";
import {
  planIdentityProviders,
  type IdentityProviderPlan,
} from "./machine-access";
import { planMachineRoles, planRoles } from "./roles";

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
  breakGlassAlarm,
}: BastionConfig): PipelinePlan | undefined {
  const { partition, auditor, pipeline } = organisation;
  if (pipeline === undefined || isSingleAccount(organisation, accountId)) {
    return undefined;
  }
  const [provider] = planIdentityProviders(organisation, { machineRoles: [] });
  return planPipeline(pipeline, partition, accountId, provider, {
    ...(auditor && { audit: auditorPolicy() }),
    preview: previewPolicy(
      ...(breakGlassAlarm ? readAlarm(partition, accountId) : []),
    ),
    deployment: bastionDeploymentPolicy(
      partition,
      accountId,
      groups,
      {
        firstPasswords: users.some(({ pgpKey }) => pgpKey !== undefined),
        boundary: boundaryArn("users", partition, accountId),
      },
      ...(breakGlassAlarm ? writeAlarm(partition, accountId) : []),
    ),
  });
}

/** Where a workload account's pipeline is for. */
export interface PipelinePlace {
  readonly account: WorkloadAccountFacts;
  readonly bastionAccountId: AccountId;
  readonly hasAlarm: boolean;
}

/**
 * A workload account's pipeline, if config has one; in a single account it deploys both stacks. No
 * permission comes from `deploymentRole` in the config: a run of the pipeline sets that, and would
 * plan a change of its own permissions each time.
 */
export function workloadPipeline(
  { organisation }: WorkloadConfig,
  { account, bastionAccountId, hasAlarm }: PipelinePlace,
): PipelinePlan | undefined {
  const { partition, auditor, pipeline } = organisation;
  if (pipeline === undefined) return undefined;
  const accountId = account.id;
  const roles = writtenRoles(organisation, account, bastionAccountId);
  const alarm = hasAlarm ? writeAlarm(partition, accountId) : [];
  const [provider] = planIdentityProviders(organisation, account);
  return planPipeline(pipeline, partition, accountId, provider, {
    ...(auditor && { audit: auditorPolicy() }),
    preview: previewPolicy(
      ...(hasAlarm ? readAlarm(partition, accountId) : []),
    ),
    deployment: isSingleAccount(organisation, bastionAccountId)
      ? singleAccountDeploymentPolicy(
          partition,
          accountId,
          groups,
          boundaryArn("users", partition, accountId),
          roles,
          ...alarm,
        )
      : workloadDeploymentPolicy(roles, ...alarm),
  });
}

/** The roles that carry the pipeline's boundary, by name: it writes no others. */
function writtenRoles(
  organisation: Organisation,
  account: WorkloadAccountFacts,
  bastionAccountId: AccountId,
): WrittenRoles {
  const { partition } = organisation;
  const arn = (resource: string) => iamArn(partition, account.id, resource);
  const boundary = boundaryArn("roles", partition, account.id);
  const plans = [
    ...planRoles(organisation, account, bastionAccountId),
    ...planMachineRoles(organisation, account),
  ];
  const arnsOfRoles = (boundedBy: string | undefined) =>
    plans
      .filter((role) => role.permissionsBoundaryArn === boundedBy)
      .map(({ name }) => arn(`role/${name}`));
  return {
    boundary,
    arns: arnsOfRoles(boundary),
    // OpsSudo alone carries none, where config gives it none.
    administrators: arnsOfRoles(undefined),
    wayIn: [
      ...[...Object.values(pipelineRoles), organizationsRole].map((role) =>
        arn(`role/${role}`),
      ),
      ...Object.values(boundaryPolicies).map((policy) =>
        arn(`policy/${policy}`),
      ),
      ...planIdentityProviders(organisation, account).map(({ issuer }) =>
        providerArn(partition, account.id, issuer),
      ),
    ],
  };
}

function planPipeline(
  { repository, deploysFrom }: PipelineFacts,
  partition: Partition,
  accountId: AccountId,
  provider: IdentityProviderPlan | undefined,
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
    /** undefined: another stack made GitHub's identity provider in the account, or a role's does. */
    identityProvider: provider?.isPipelines
      ? {
          url: `https://${provider.issuer}`,
          clientIdLists: [...provider.audiences],
        }
      : undefined,
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
        // Nobody reviews what a night's run reads.
        "branch" in deploysFrom
          ? deploysFrom
          : { environment: auditEnvironment },
      ),
  };
}
