import {
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsResponse,
  type GroupDetail,
  type IAMClient,
  type ManagedPolicyDetail,
  type RoleDetail,
  type UserDetail,
} from "@aws-sdk/client-iam";
import type { Sandbox } from "../../sandbox/sandbox";
import { administratorOf } from "../../sandbox/tour/people";
import type { AccountPolicies, RolePolicies } from "../access/organisation";

interface Details {
  readonly UserDetailList: UserDetail[];
  readonly GroupDetailList: GroupDetail[];
  readonly RoleDetailList: RoleDetail[];
  readonly Policies: ManagedPolicyDetail[];
}

/** Everything in an account, read page by page. */
async function readDetails(iam: IAMClient): Promise<Details> {
  const all: Details = {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  };
  let marker: string | undefined;
  do {
    const page: GetAccountAuthorizationDetailsResponse = await iam.send(
      new GetAccountAuthorizationDetailsCommand({
        Marker: marker,
        MaxItems: 5,
      }),
    );
    all.UserDetailList.push(...(page.UserDetailList ?? []));
    all.GroupDetailList.push(...(page.GroupDetailList ?? []));
    all.RoleDetailList.push(...(page.RoleDetailList ?? []));
    all.Policies.push(...(page.Policies ?? []));
    marker = page.Marker;
  } while (marker !== undefined);
  return all;
}

const decoded = (document: string | undefined): unknown =>
  JSON.parse(decodeURIComponent(document ?? ""));

interface PolicyLists {
  readonly inline: readonly { readonly PolicyDocument?: string | undefined }[];
  readonly attached: readonly { readonly PolicyArn?: string | undefined }[];
}

function documentsOf(
  { inline, attached }: PolicyLists,
  { Policies }: Details,
): readonly unknown[] {
  const managed = attached.map(({ PolicyArn }) => {
    const policy = Policies.find(({ Arn }) => Arn === PolicyArn);
    const version = policy?.PolicyVersionList?.find(
      ({ IsDefaultVersion }) => IsDefaultVersion,
    );
    return decoded(version?.Document);
  });
  return [...inline.map((one) => decoded(one.PolicyDocument)), ...managed];
}

/** What is really there, in the form in which access is decided. */
export async function readAccount(
  accountId: string,
  iam: IAMClient,
): Promise<AccountPolicies> {
  const details = await readDetails(iam);
  return {
    accountId,
    users: details.UserDetailList.map((user) => {
      const groups = details.GroupDetailList.filter(({ GroupName }) =>
        user.GroupList?.includes(GroupName ?? ""),
      );
      const inline = [
        ...(user.UserPolicyList ?? []),
        ...groups.flatMap(({ GroupPolicyList = [] }) => GroupPolicyList),
      ];
      const attached = [
        ...(user.AttachedManagedPolicies ?? []),
        ...groups.flatMap(
          ({ AttachedManagedPolicies = [] }) => AttachedManagedPolicies,
        ),
      ];
      return {
        name: user.UserName ?? "",
        arn: user.Arn ?? "",
        documents: documentsOf({ inline, attached }, details),
      };
    }),
    roles: details.RoleDetailList.map((role) => ({
      name: role.RoleName ?? "",
      arn: role.Arn ?? "",
      trust: decoded(role.AssumeRolePolicyDocument),
      documents: documentsOf(
        {
          inline: role.RolePolicyList ?? [],
          attached: role.AttachedManagedPolicies ?? [],
        },
        details,
      ),
    })),
  };
}

/** The roles that a deployment made, read back from the account. */
export async function deployedRoles(
  { aws }: Sandbox,
  accountId: string,
): Promise<readonly RolePolicies[]> {
  const iam = await administratorOf(aws, accountId);
  const { roles } = await readAccount(accountId, iam);
  return roles.filter(({ name }) => name !== "OrganizationAccountAccessRole");
}
