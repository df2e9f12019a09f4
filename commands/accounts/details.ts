import type {
  GroupDetail,
  IAM,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from "@aws-sdk/client-iam";
import { ifThere } from "./if-there";
import type {
  LiveAccount,
  LiveGroup,
  LiveIdentity,
  LiveRole,
  LiveUser,
  Progress,
} from "./live-account";
import { wholePages } from "./whole-pages";

/** A user without what the user signs in with, which other calls return. */
export type UserDetails = Omit<
  LiveUser,
  "hasPassword" | "passwordUsedAt" | "accessKeys" | "devices"
>;

interface Details extends Pick<
  LiveAccount,
  "groups" | "roles" | "managedPolicies"
> {
  readonly users: readonly UserDetails[];
}

/**
 * Users, groups, roles and policies with their documents, page by page.
 *
 * @param policyArns managed policies to read whether or not anybody has them
 */
export async function readDetails(
  iam: IAM,
  policyArns: readonly string[],
  progress?: Progress,
): Promise<Details> {
  const users: UserDetails[] = [];
  const groups: LiveGroup[] = [];
  const roles: Omit<LiveRole, "maxSessionSeconds">[] = [];
  const managedPolicies = new Map<string, string>();
  for await (const page of wholePages(
    iam.paginateGetAccountAuthorizationDetails(),
  )) {
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
  for (const arn of [...named, ...policyArns]) {
    if (managedPolicies.has(arn)) continue;
    const text = await ifThere(readPolicy(iam, arn));
    if (text !== undefined) managedPolicies.set(arn, text);
  }
  const sessions = await readMaxSessions(iam);
  return {
    users,
    groups,
    roles: roles.map((role) => ({
      ...role,
      maxSessionSeconds: sessions.get(role.name),
    })),
    managedPolicies,
  };
}

/** The details leave it out. Source: IAM API reference, "RoleDetail"; "ListRoles". */
async function readMaxSessions(iam: IAM): Promise<ReadonlyMap<string, number>> {
  const sessions = new Map<string, number>();
  for await (const page of wholePages(
    iam.paginateListRoles({ MaxItems: 1_000 }),
  )) {
    for (const { RoleName = "", MaxSessionDuration } of page.Roles ?? []) {
      if (MaxSessionDuration) sessions.set(RoleName, MaxSessionDuration);
    }
  }
  return sessions;
}

/** Each text once: most documents stand in many accounts, as those of AWS and of a stack do. */
const texts = new Map<string, string>();

/** Documents come percent-encoded. Source: IAM API reference, "PolicyDetail". */
function decoded(document = ""): string {
  const text = decodeURIComponent(document);
  const known = texts.get(text) ?? text;
  texts.set(known, known);
  return known;
}

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

const roleOf = (detail: RoleDetail): Omit<LiveRole, "maxSessionSeconds"> => ({
  ...identityOf(detail.RoleName, detail.RoleId, detail, detail.RolePolicyList),
  ...principalOf(detail),
  trust: decoded(detail.AssumeRolePolicyDocument),
  instanceProfiles: (detail.InstanceProfileList ?? []).flatMap(
    ({ InstanceProfileName }) => InstanceProfileName ?? [],
  ),
  createdAt: detail.CreateDate,
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
