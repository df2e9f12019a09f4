import type {
  GroupDetail,
  IAM,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from "@aws-sdk/client-iam";
import type {
  LiveAccount,
  LiveGroup,
  LiveIdentity,
  LiveRole,
  LiveUser,
  Progress,
} from "./live-account";

/** A user without what the user signs in with, which other calls return. */
export type UserDetails = Omit<
  LiveUser,
  "hasPassword" | "accessKeys" | "devices"
>;

interface Details extends Pick<
  LiveAccount,
  "groups" | "roles" | "managedPolicies"
> {
  readonly users: readonly UserDetails[];
}

/** Users, groups, roles and policies with their documents, page by page. */
export async function readDetails(
  iam: IAM,
  progress?: Progress,
): Promise<Details> {
  const users: UserDetails[] = [];
  const groups: LiveGroup[] = [];
  const roles: LiveRole[] = [];
  const managedPolicies = new Map<string, string>();
  for await (const page of iam.paginateGetAccountAuthorizationDetails()) {
    users.push(...(page.UserDetailList ?? []).map(userOf));
    groups.push(...(page.GroupDetailList ?? []).map(groupOf));
    roles.push(...(page.RoleDetailList ?? []).map(roleOf));
    for (const { Arn = "", PolicyVersionList = [] } of page.Policies ?? []) {
      const version = PolicyVersionList.find((one) => one.IsDefaultVersion);
      managedPolicies.set(Arn, decoded(version?.Document));
    }
    if (page.IsTruncated) {
      progress?.(
        `${users.length} users, ${groups.length} groups, ${roles.length} roles so far`,
      );
    }
  }
  const named = [
    ...[...users, ...groups, ...roles]
      .flatMap(({ attachedPolicies }) => attachedPolicies)
      .map(({ arn }) => arn),
    ...[...users, ...roles].flatMap(({ boundary }) => boundary ?? []),
  ];
  for (const arn of named) {
    if (managedPolicies.has(arn)) continue;
    managedPolicies.set(arn, await readPolicy(iam, arn));
  }
  return { users, groups, roles, managedPolicies };
}

/** Documents come percent-encoded. Source: IAM API reference, "PolicyDetail". */
const decoded = (document = ""): string => decodeURIComponent(document);

const identityOf = (
  name = "",
  id = "",
  { Arn, Path, AttachedManagedPolicies = [] }: UserDetail | RoleDetail,
  inline: readonly PolicyDetail[] = [],
): LiveIdentity => ({
  name,
  id,
  arn: Arn ?? "",
  path: Path ?? "/",
  inlinePolicies: inline.map(({ PolicyName = "", PolicyDocument }) => ({
    name: PolicyName,
    text: decoded(PolicyDocument),
  })),
  attachedPolicies: AttachedManagedPolicies.map(
    ({ PolicyName = "", PolicyArn = "" }) => ({
      name: PolicyName,
      arn: PolicyArn,
    }),
  ),
});

const principalOf = ({
  PermissionsBoundary,
  Tags = [],
}: UserDetail | RoleDetail) => ({
  boundary: PermissionsBoundary?.PermissionsBoundaryArn,
  tags: Object.fromEntries(
    Tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]),
  ),
});

const userOf = (detail: UserDetail): UserDetails => ({
  ...identityOf(detail.UserName, detail.UserId, detail, detail.UserPolicyList),
  ...principalOf(detail),
  groups: detail.GroupList ?? [],
});

const groupOf = (detail: GroupDetail): LiveGroup =>
  identityOf(detail.GroupName, detail.GroupId, detail, detail.GroupPolicyList);

const roleOf = (detail: RoleDetail): LiveRole => ({
  ...identityOf(detail.RoleName, detail.RoleId, detail, detail.RolePolicyList),
  ...principalOf(detail),
  trust: decoded(detail.AssumeRolePolicyDocument),
  lastUsedAt: detail.RoleLastUsed?.LastUsedDate,
});

/** The text of one that the answer names but does not hold. */
async function readPolicy(iam: IAM, PolicyArn: string): Promise<string> {
  const { Policy } = await iam.getPolicy({ PolicyArn });
  const { PolicyVersion } = await iam.getPolicyVersion({
    PolicyArn,
    VersionId: Policy?.DefaultVersionId,
  });
  return decoded(PolicyVersion?.Document);
}
