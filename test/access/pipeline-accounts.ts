import type { IAM } from "@aws-sdk/client-iam";
import type {
  BastionConfig,
  WorkloadAccountFacts,
  WorkloadConfig,
} from "../../infra/config";
import { documentText } from "../../infra/documents/policy-document";
import { planGroups } from "../../infra/groups";
import {
  bastionPipeline,
  workloadPipeline,
  type PipelinePlan,
} from "../../infra/pipeline-access";
import {
  roleBoundary,
  userBoundary,
  type BoundaryPlan,
} from "../../infra/pipeline-boundaries";
import { planRoles } from "../../infra/roles";

/** Makes by IAM's calls what the bastion's stack would, deployed by hand, with its pipeline. */
export async function makeBastion(
  iam: IAM,
  config: BastionConfig,
): Promise<void> {
  const boundary = userBoundary(config);
  await makeBoundary(iam, boundary);
  for (const { name: GroupName, inlinePolicies } of planGroups(config)) {
    await iam.createGroup({ GroupName });
    for (const [PolicyName, policy] of Object.entries(inlinePolicies)) {
      const PolicyDocument = documentText(policy);
      await iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument });
    }
  }
  for (const { name: UserName } of config.users) {
    await iam.createUser({ UserName, PermissionsBoundary: boundary?.arn });
    for (const group of planGroups(config)) {
      if (!group.members.includes(UserName)) continue;
      await iam.addUserToGroup({ UserName, GroupName: group.name });
    }
  }
  await makePipeline(iam, bastionPipeline(config));
}

/** Makes by IAM's calls what the workload stack would, deployed by hand, with its pipeline. */
export async function makeWorkload(
  iam: IAM,
  config: WorkloadConfig,
  account: WorkloadAccountFacts,
  bastionAccountId: string,
): Promise<void> {
  const { organisation } = config;
  await makeBoundary(iam, roleBoundary(organisation, account.id));
  for (const plan of planRoles(organisation, account, bastionAccountId)) {
    const RoleName = plan.name;
    await iam.createRole({
      RoleName,
      AssumeRolePolicyDocument: documentText(plan.trustPolicy),
      PermissionsBoundary: plan.permissionsBoundaryArn,
    });
    for (const PolicyArn of Object.values(plan.managedPolicyArns))
      await iam.attachRolePolicy({ RoleName, PolicyArn });
    for (const [PolicyName, text] of Object.entries(plan.inlinePolicies))
      await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: text });
  }
  await makePipeline(
    iam,
    workloadPipeline(config, { account, bastionAccountId, hasAlarm: false }),
  );
}

async function makeBoundary(
  iam: IAM,
  plan: BoundaryPlan | undefined,
): Promise<void> {
  if (plan === undefined) return;
  await iam.createPolicy({
    PolicyName: plan.name,
    PolicyDocument: documentText(plan.document),
  });
}

async function makePipeline(
  iam: IAM,
  plan: PipelinePlan | undefined,
): Promise<void> {
  if (plan === undefined) return;
  const { identityProvider, preview, deployment } = plan;
  if (identityProvider !== undefined) {
    await iam.createOpenIDConnectProvider({
      Url: identityProvider.url,
      ClientIDList: identityProvider.clientIdLists,
    });
  }
  for (const { name: RoleName, trustPolicy, inlinePolicies } of [
    preview,
    deployment,
  ]) {
    const AssumeRolePolicyDocument = documentText(trustPolicy);
    await iam.createRole({ RoleName, AssumeRolePolicyDocument });
    for (const [PolicyName, policy] of Object.entries(inlinePolicies)) {
      const PolicyDocument = documentText(policy);
      await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument });
    }
  }
}
