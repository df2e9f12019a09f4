import { z } from "zod";
import { planAlarms } from "../../infra/alarms";
import type { BastionConfig, Organisation } from "../../infra/config";
import type { MachineTrust } from "../../infra/documents/machine-trust";
import {
  bastionPipeline,
  workloadPipeline,
  type PipelinePlan,
} from "../../infra/pipeline-access";
import {
  planBastionRoles,
  planMachineRoles,
  planRoles,
  type MachineRolePlan,
  type RolePlan,
} from "../../infra/roles";
import type { WorkloadAccount } from "../bastion-config";

export const document = z.custom<object>(
  (value) =>
    typeof value === "object" && value !== null && "Statement" in value,
  "an IAM document: a map with a Statement",
);

/** A role that the program makes: who gets in, and what it allows. */
export const expectedRole = z.object({
  name: z.string(),
  /** Seconds; null: MFA of any age will do, or none is asked for. */
  mfaMaxAgeSeconds: z.number().nullable(),
  trust: document,
  inlinePolicies: z.record(z.string(), document),
  managedPolicyArns: z.array(z.string()),
  /** null: there is none. */
  boundaryArn: z.string().nullable(),
  maxSessionSeconds: z.number(),
  /** Whose callers it lets in beside the bastion's users; null: nobody's, but a token's holders. */
  trustedAccount: z.string().nullable(),
  /** Who takes it that is no person, in words; null: people do, or a pipeline. */
  takenBy: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
});

export type ExpectedRole = z.infer<typeof expectedRole>;

/** The roles of a workload account: those of the config, and its pipeline's. */
export function workloadRoles(
  { stack, organisation, account }: WorkloadAccount,
  bastionAccountId: string,
): ExpectedRole[] {
  const hasAlarm = stack !== undefined && planAlarms(stack, account).length > 0;
  return [
    ...peoplesRoles(
      planRoles(organisation, account, bastionAccountId),
      organisation,
    ),
    ...machineRoles(planMachineRoles(organisation, account), organisation),
    ...pipelineRoles(
      stack && workloadPipeline(stack, { account, bastionAccountId, hasAlarm }),
      organisation,
    ),
  ];
}

/** The roles that the bastion's stack makes: an auditor's, the help desk's, and its pipeline's. */
export const bastionRoles = (config: BastionConfig): ExpectedRole[] => [
  ...peoplesRoles(planBastionRoles(config), config.organisation),
  ...pipelineRoles(bastionPipeline(config), config.organisation),
];

const peoplesRoles = (
  plans: readonly RolePlan[],
  { tags }: Organisation,
): ExpectedRole[] =>
  plans.map((plan) => ({
    ...permissionsOf(plan),
    mfaMaxAgeSeconds: plan.mfaMaxAgeSeconds ?? null,
    trustedAccount: null,
    takenBy: null,
    tags,
  }));

const machineRoles = (
  plans: readonly MachineRolePlan[],
  { tags }: Organisation,
): ExpectedRole[] =>
  plans.map((plan) => ({
    ...permissionsOf(plan),
    mfaMaxAgeSeconds: null,
    trustedAccount: plan.trust.kind === "oidc" ? null : plan.trust.accountId,
    takenBy: takerWords(plan.trust),
    tags,
  }));

function takerWords(trust: MachineTrust): string {
  switch (trust.kind) {
    case "vendor":
      return `account ${trust.accountId}, with the external id`;
    case "oidc":
      return `tokens of ${trust.issuer}: ${trust.subjects.join(", ")}`;
    case "role":
      return `role ${trust.name} of ${trust.accountId}`;
  }
}

const permissionsOf = (plan: RolePlan | MachineRolePlan) => ({
  name: plan.name,
  trust: plan.trustPolicy,
  inlinePolicies: Object.fromEntries(
    Object.entries(plan.inlinePolicies).map(([policy, text]) => [
      policy,
      JSON.parse(text) as object,
    ]),
  ),
  managedPolicyArns: Object.values(plan.managedPolicyArns),
  boundaryArn: plan.permissionsBoundaryArn ?? null,
  maxSessionSeconds: plan.maxSessionSeconds,
});

/** @param plan undefined: config has no pipeline */
const pipelineRoles = (
  plan: PipelinePlan | undefined,
  { tags }: Organisation,
): ExpectedRole[] =>
  [plan?.preview, plan?.deployment, plan?.audit]
    .filter((one) => one !== undefined)
    .map(({ name, trustPolicy, maxSessionSeconds, inlinePolicies }) => ({
      name,
      mfaMaxAgeSeconds: null,
      trust: trustPolicy,
      inlinePolicies,
      managedPolicyArns: [],
      boundaryArn: null,
      maxSessionSeconds,
      trustedAccount: null,
      takenBy: null,
      tags,
    }));
