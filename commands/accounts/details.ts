import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  paginateGetAccountAuthorizationDetails,
  type GroupDetail,
  type IAMClient,
  type ManagedPolicyDetail,
  type PolicyDetail,
  type RoleDetail,
  type Tag,
  type UserDetail,
} from "@aws-sdk/client-iam";
import type {
  LiveIdentity,
  LiveGroup,
  LiveRole,
  LiveUser,
  ManagedPolicy,
  NamedDocument,
  ReadOptions,
} from "./live-account";

/** A user without what the user signs in with, which other calls return. */
export type UserDetails = Omit<
  LiveUser,
  "loginProfile" | "passwordLastUsed" | "accessKeys" | "devices"
>;

export interface Details {
  readonly users: readonly UserDetails[];
  readonly groups: readonly LiveGroup[];
  readonly roles: readonly LiveRole[];
  readonly managedPolicies: ReadonlyMap<string, ManagedPolicy>;
}

/** Users, groups, roles and policies with their documents, page by page. */
export async function readDetails(
  iam: IAMClient,
  { progress, pageSize }: ReadOptions,
): Promise<Details> {
  const users: UserDetails[] = [];
  const groups: LiveGroup[] = [];
  const roles: LiveRole[] = [];
  const managedPolicies = new Map<string, ManagedPolicy>();
  const pages = paginateGetAccountAuthorizationDetails(
    { client: iam, ...(pageSize === undefined ? {} : { pageSize }) },
    {},
  );
  for await (const page of pages) {
    users.push(...(page.UserDetailList ?? []).map(userOf));
    groups.push(...(page.GroupDetailList ?? []).map(groupOf));
    roles.push(...(page.RoleDetailList ?? []).map(roleOf));
    for (const policy of (page.Policies ?? []).map(policyOf)) {
      managedPolicies.set(policy.arn, policy);
    }
    if (page.IsTruncated) {
      progress?.(
        `${users.length} users, ${groups.length} groups, ${roles.length} roles so far`,
      );
    }
  }
  const named = [...users, ...groups, ...roles].flatMap(policiesOf);
  for (const arn of new Set(named)) {
    if (managedPolicies.has(arn)) continue;
    managedPolicies.set(arn, await readPolicy(iam, arn));
  }
  return { users, groups, roles, managedPolicies };
}

/** ARNs of what is attached, and of the boundary. */
const policiesOf = (
  identity: LiveIdentity & { readonly boundary?: string | undefined },
): readonly string[] => [
  ...identity.attachedPolicies.map(({ arn }) => arn),
  ...(identity.boundary === undefined ? [] : [identity.boundary]),
];

/** Documents come percent-encoded. Source: IAM API reference, "PolicyDetail". */
const decoded = (document = ""): string => decodeURIComponent(document);

const tagsOf = (tags: readonly Tag[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));

const inlineOf = (
  policies: readonly PolicyDetail[] = [],
): readonly NamedDocument[] =>
  policies.map(({ PolicyName = "", PolicyDocument }) => ({
    name: PolicyName,
    text: decoded(PolicyDocument),
  }));

function identityOf(
  name: string | undefined,
  id: string | undefined,
  detail: UserDetail | GroupDetail | RoleDetail,
  inline: readonly PolicyDetail[] | undefined,
): LiveIdentity {
  return {
    name: name ?? "",
    arn: detail.Arn ?? "",
    id: id ?? "",
    path: detail.Path ?? "/",
    createdAt: detail.CreateDate ?? new Date(0),
    inlinePolicies: inlineOf(inline),
    attachedPolicies: (detail.AttachedManagedPolicies ?? []).map(
      ({ PolicyName = "", PolicyArn = "" }) => ({
        name: PolicyName,
        arn: PolicyArn,
      }),
    ),
  };
}

const userOf = (detail: UserDetail): UserDetails => ({
  ...identityOf(detail.UserName, detail.UserId, detail, detail.UserPolicyList),
  groups: detail.GroupList ?? [],
  boundary: detail.PermissionsBoundary?.PermissionsBoundaryArn,
  tags: tagsOf(detail.Tags),
});

const groupOf = (detail: GroupDetail): LiveGroup =>
  identityOf(detail.GroupName, detail.GroupId, detail, detail.GroupPolicyList);

const roleOf = (detail: RoleDetail): LiveRole => ({
  ...identityOf(detail.RoleName, detail.RoleId, detail, detail.RolePolicyList),
  trust: decoded(detail.AssumeRolePolicyDocument),
  boundary: detail.PermissionsBoundary?.PermissionsBoundaryArn,
  tags: tagsOf(detail.Tags),
  lastUsedAt: detail.RoleLastUsed?.LastUsedDate,
});

const policyOf = (detail: ManagedPolicyDetail): ManagedPolicy => ({
  arn: detail.Arn ?? "",
  name: detail.PolicyName ?? "",
  path: detail.Path ?? "/",
  text: decoded(
    detail.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion)
      ?.Document,
  ),
});

/** One that the answer names but does not hold. */
async function readPolicy(iam: IAMClient, arn: string): Promise<ManagedPolicy> {
  const { Policy: policy } = await iam.send(
    new GetPolicyCommand({ PolicyArn: arn }),
  );
  const { PolicyVersion: version } = await iam.send(
    new GetPolicyVersionCommand({
      PolicyArn: arn,
      VersionId: policy?.DefaultVersionId,
    }),
  );
  return {
    arn,
    name: policy?.PolicyName ?? "",
    path: policy?.Path ?? "/",
    text: decoded(version?.Document),
  };
}
