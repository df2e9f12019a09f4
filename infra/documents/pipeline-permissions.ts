import { groupRolesPolicy } from "../names";
import { iamArn, type AccountId, type Partition } from "../partition";
import {
  allow,
  deny,
  policyDocument,
  type IdentityStatement,
  type PolicyDocument,
} from "./policy-document";

/** What a preview and a refresh look at. */
const readIam = allow({
  sid: "ReadIam",
  actions: ["iam:Get*", "iam:List*"],
  resources: ["*"],
});

/** A preview changes nothing: it may read, and what it may read holds no secret. */
export const previewPolicy = (
  ...alarm: readonly IdentityStatement[]
): PolicyDocument => policyDocument(readIam, ...alarm);

/**
 * What the bastion's stack changes: users without credentials, the groups that it names, and their
 * policies. An access key or a password can't be made with it, but for the first password of a user
 * with a PGP key, where config has such a user.
 */
export const bastionDeploymentPolicy = (
  partition: Partition,
  accountId: AccountId,
  groups: readonly string[],
  settings: { readonly firstPasswords: boolean },
  ...alarm: readonly IdentityStatement[]
): PolicyDocument =>
  policyDocument(
    readIam,
    ...alarm,
    ...writePeople(partition, accountId, groups, settings),
  );

function writePeople(
  partition: Partition,
  accountId: AccountId,
  groups: readonly string[],
  { firstPasswords }: { readonly firstPasswords: boolean },
): readonly IdentityStatement[] {
  const arns = (...resources: readonly string[]) =>
    resources.map((one) => iamArn(partition, accountId, one));
  const groupArns = arns(...groups.map((group) => `group/${group}`));
  const policyArns = arns(
    ...groups.map((group) => `policy/${groupRolesPolicy(group, "*")}`),
  );
  return [
    allow({
      sid: "Users",
      actions: userActions(firstPasswords),
      resources: arns("user/*"),
    }),
    allow({
      sid: "DevicesOfRemovedUsers",
      actions: iam("DeleteVirtualMFADevice"),
      resources: arns("mfa/*"),
    }),
    // Removing a user takes them out of groups that others made, too.
    allow({
      sid: "LeaveGroups",
      actions: iam("RemoveUserFromGroup"),
      resources: arns("group/*"),
    }),
    allow({ sid: "Groups", actions: groupActions, resources: groupArns }),
    allow({
      sid: "PoliciesOfGroups",
      actions: iam("AttachGroupPolicy"),
      resources: groupArns,
      condition: { ArnLike: { "iam:PolicyARN": policyArns } },
    }),
    allow({ sid: "Policies", actions: policyActions, resources: policyArns }),
    allow({
      sid: "AccountSettings",
      actions: accountActions,
      resources: ["*"],
    }),
  ];
}

/**
 * What a workload stack changes: the roles that people take. Who may write roles can write one for
 * an administrator, so this is an administrator in effect, and what holds it is who may merge into
 * the branch. It can't change its own roles and identity provider, nor the organisation's role.
 */
export const workloadDeploymentPolicy = (
  partition: Partition,
  accountId: AccountId,
  protectedArns: readonly string[],
  ...alarm: readonly IdentityStatement[]
): PolicyDocument =>
  policyDocument(
    readIam,
    ...writeRoles(partition, accountId, protectedArns),
    ...alarm,
  );

/**
 * What both stacks of a single account change. The stack that makes it does not know the users, and
 * who may write roles gains nothing by a first password: those are always among it.
 */
export const singleAccountDeploymentPolicy = (
  partition: Partition,
  accountId: AccountId,
  groups: readonly string[],
  protectedArns: readonly string[],
  ...alarm: readonly IdentityStatement[]
): PolicyDocument =>
  policyDocument(
    readIam,
    ...writePeople(partition, accountId, groups, { firstPasswords: true }),
    ...writeRoles(partition, accountId, protectedArns),
    ...alarm,
  );

const writeRoles = (
  partition: Partition,
  accountId: AccountId,
  protectedArns: readonly string[],
): readonly IdentityStatement[] => [
  allow({
    sid: "Roles",
    actions: roleActions,
    resources: [iamArn(partition, accountId, "role/*")],
  }),
  deny({
    sid: "NotItsOwnWayIn",
    actions: iam(
      ...["Add*", "Attach*", "Create*", "Delete*", "Detach*"],
      ...["Put*", "Remove*", "Tag*", "Untag*", "Update*"],
    ),
    resources: protectedArns,
  }),
];

const iam = (...actions: readonly string[]): readonly string[] =>
  actions.map((action) => `iam:${action}`);

const userActions = (firstPasswords: boolean): readonly string[] =>
  iam(
    ...["CreateUser", "DeleteUser", "UpdateUser", "TagUser", "UntagUser"],
    ...(firstPasswords ? ["CreateLoginProfile"] : []),
    // What a user has by the time that config drops them.
    ...["DeleteLoginProfile", "DeleteAccessKey", "DeactivateMFADevice"],
    ...["DeleteSSHPublicKey", "DeleteSigningCertificate"],
    ...["DeleteServiceSpecificCredential"],
    ...["DeleteUserPolicy", "DetachUserPolicy"],
  );

const groupActions = iam(
  ...["CreateGroup", "DeleteGroup", "UpdateGroup", "AddUserToGroup"],
  // Also of policies that others put there.
  ...["PutGroupPolicy", "DeleteGroupPolicy", "DetachGroupPolicy"],
);

const policyActions = iam(
  ...["CreatePolicy", "DeletePolicy", "TagPolicy", "UntagPolicy"],
  ...["CreatePolicyVersion", "DeletePolicyVersion"],
);

const accountActions = iam(
  ...["CreateAccountAlias", "DeleteAccountAlias"],
  ...["UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy"],
);

const roleActions = iam(
  ...["CreateRole", "DeleteRole", "UpdateRole", "UpdateRoleDescription"],
  ...["UpdateAssumeRolePolicy", "TagRole", "UntagRole"],
  ...["PutRolePolicy", "DeleteRolePolicy"],
  ...["AttachRolePolicy", "DetachRolePolicy"],
  ...["PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"],
);
