import * as iam from "@aws-sdk/client-iam";

/** Who can hold policies, by the name of the input that says which one. */
export type IdentityKind = "user" | "group" | "role";

/** The calls about policies, which differ between users, groups and roles in their names alone. */
export interface PolicyCalls {
  readonly put: Change<[policyName: string, document: string]>;
  readonly get: (
    client: iam.IAMClient,
    identity: string,
    policyName: string,
  ) => Promise<{ readonly PolicyDocument?: string | undefined }>;
  readonly remove: Change<[policyName: string]>;
  readonly names: List;
  readonly attach: Change<[policyArn: string]>;
  readonly detach: Change<[policyArn: string]>;
  readonly attached: List;
}

type Change<Args extends unknown[]> = (
  client: iam.IAMClient,
  identity: string,
  ...args: Args
) => Promise<unknown>;

type List = (client: iam.IAMClient, identity: string) => Promise<string[]>;

type Attached = AsyncIterable<{
  readonly AttachedPolicies?: readonly iam.AttachedPolicy[] | undefined;
}>;

type Named = AsyncIterable<{
  readonly PolicyNames?: readonly string[] | undefined;
}>;

async function arnsOf(pages: Attached): Promise<string[]> {
  const arns: string[] = [];
  for await (const { AttachedPolicies = [] } of pages) {
    arns.push(...AttachedPolicies.map(({ PolicyArn }) => PolicyArn ?? ""));
  }
  return arns;
}

async function namesOf(pages: Named): Promise<string[]> {
  const names: string[] = [];
  for await (const { PolicyNames = [] } of pages) names.push(...PolicyNames);
  return names;
}

const user: PolicyCalls = {
  put: (client, UserName, PolicyName, PolicyDocument) =>
    client.send(
      new iam.PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }),
    ),
  get: (client, UserName, PolicyName) =>
    client.send(new iam.GetUserPolicyCommand({ UserName, PolicyName })),
  remove: (client, UserName, PolicyName) =>
    client.send(new iam.DeleteUserPolicyCommand({ UserName, PolicyName })),
  names: (client, UserName) =>
    namesOf(iam.paginateListUserPolicies({ client }, { UserName })),
  attach: (client, UserName, PolicyArn) =>
    client.send(new iam.AttachUserPolicyCommand({ UserName, PolicyArn })),
  detach: (client, UserName, PolicyArn) =>
    client.send(new iam.DetachUserPolicyCommand({ UserName, PolicyArn })),
  attached: (client, UserName) =>
    arnsOf(iam.paginateListAttachedUserPolicies({ client }, { UserName })),
};

const group: PolicyCalls = {
  put: (client, GroupName, PolicyName, PolicyDocument) =>
    client.send(
      new iam.PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument }),
    ),
  get: (client, GroupName, PolicyName) =>
    client.send(new iam.GetGroupPolicyCommand({ GroupName, PolicyName })),
  remove: (client, GroupName, PolicyName) =>
    client.send(new iam.DeleteGroupPolicyCommand({ GroupName, PolicyName })),
  names: (client, GroupName) =>
    namesOf(iam.paginateListGroupPolicies({ client }, { GroupName })),
  attach: (client, GroupName, PolicyArn) =>
    client.send(new iam.AttachGroupPolicyCommand({ GroupName, PolicyArn })),
  detach: (client, GroupName, PolicyArn) =>
    client.send(new iam.DetachGroupPolicyCommand({ GroupName, PolicyArn })),
  attached: (client, GroupName) =>
    arnsOf(iam.paginateListAttachedGroupPolicies({ client }, { GroupName })),
};

const role: PolicyCalls = {
  put: (client, RoleName, PolicyName, PolicyDocument) =>
    client.send(
      new iam.PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }),
    ),
  get: (client, RoleName, PolicyName) =>
    client.send(new iam.GetRolePolicyCommand({ RoleName, PolicyName })),
  remove: (client, RoleName, PolicyName) =>
    client.send(new iam.DeleteRolePolicyCommand({ RoleName, PolicyName })),
  names: (client, RoleName) =>
    namesOf(iam.paginateListRolePolicies({ client }, { RoleName })),
  attach: (client, RoleName, PolicyArn) =>
    client.send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn })),
  detach: (client, RoleName, PolicyArn) =>
    client.send(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn })),
  attached: (client, RoleName) =>
    arnsOf(iam.paginateListAttachedRolePolicies({ client }, { RoleName })),
};

export const policyCalls: Readonly<Record<IdentityKind, PolicyCalls>> = {
  user,
  group,
  role,
};

/** Takes every policy away from a identity. */
export async function removePolicies(
  client: iam.IAMClient,
  kind: IdentityKind,
  identity: string,
): Promise<void> {
  const calls = policyCalls[kind];
  for (const arn of await calls.attached(client, identity)) {
    await calls.detach(client, identity, arn);
  }
  for (const name of await calls.names(client, identity)) {
    await calls.remove(client, identity, name);
  }
}

/** The longest name that IAM gives each. */
export const longestName: Readonly<Record<IdentityKind, number>> = {
  user: 64,
  group: 128,
  role: 64,
};
