import { groupRolesPolicy } from "../names";
import { iamArn, type AccountId, type Partition } from "../partition";
import {
  allow,
  deny,
  policyDocument,
  type Condition,
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

interface PeopleSettings {
  /** Whether config has a user whose first password the stack makes. */
  readonly firstPasswords: boolean;
  /** The ARN of the policy without which no user is made. */
  readonly boundary: string;
}

/**
 * What the bastion's stack changes: users without credentials, the groups that it names, and their
 * policies. An access key or a password can't be made with it, but for the first password of a user
 * with a PGP key, where config has such a user. Whatever it writes into a group, a user of its making
 * stays within the boundary, which it can't change or take off.
 */
export const bastionDeploymentPolicy = (
  partition: Partition,
  accountId: AccountId,
  groups: readonly string[],
  settings: PeopleSettings,
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
  { firstPasswords, boundary }: PeopleSettings,
): readonly IdentityStatement[] {
  const arns = (...resources: readonly string[]) =>
    resources.map((one) => iamArn(partition, accountId, one));
  const groupArns = arns(...groups.map((group) => `group/${group}`));
  const policyArns = arns(
    ...groups.map((group) => `policy/${groupRolesPolicy(group, "*")}`),
  );
  return [
    allow({
      sid: "BoundedUsers",
      actions: iam("CreateUser", "PutUserPermissionsBoundary"),
      resources: arns("user/*"),
      condition: bounded(boundary),
    }),
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

/** The roles of one account that its pipeline writes. */
export interface WrittenRoles {
  readonly arns: readonly string[];
  /** The ARN of the policy that each of them carries: without it, it is none of them. */
  readonly boundary: string;
  /** ARNs of administrators: no policy gives them more, and who takes them is not the pipeline's to say. */
  readonly administrators: readonly string[];
  /** ARNs of what lets the pipeline and the organisation in, and of what bounds the pipeline. */
  readonly wayIn: readonly string[];
}

/**
 * What a workload stack changes: the roles that people take. OpsSudo it neither makes nor lets anybody
 * take, and those with a boundary of their own it does not touch: that is deployed by hand. Whatever it writes into a role stays within the boundary,
 * which it can't change or take off: so it makes nobody an administrator, itself included.
 */
export const workloadDeploymentPolicy = (
  roles: WrittenRoles,
  ...alarm: readonly IdentityStatement[]
): PolicyDocument => policyDocument(readIam, ...writeRoles(roles), ...alarm);

/**
 * What both stacks of a single account change. The stack that makes it does not know the users, so
 * first passwords are always among it.
 */
export const singleAccountDeploymentPolicy = (
  partition: Partition,
  accountId: AccountId,
  groups: readonly string[],
  userBoundary: string,
  roles: WrittenRoles,
  ...alarm: readonly IdentityStatement[]
): PolicyDocument =>
  policyDocument(
    readIam,
    ...writePeople(partition, accountId, groups, {
      firstPasswords: true,
      boundary: userBoundary,
    }),
    ...writeRoles(roles),
    ...alarm,
  );

const writeRoles = ({
  arns,
  boundary,
  administrators,
  wayIn,
}: WrittenRoles): readonly IdentityStatement[] => [
  ...(arns.length === 0
    ? []
    : [
        allow({
          sid: "BoundedRoles",
          actions: boundedRoleActions,
          resources: arns,
          condition: bounded(boundary),
        }),
        allow({ sid: "Roles", actions: roleActions, resources: arns }),
      ]),
  ...(administrators.length === 0
    ? []
    : [
        allow({
          sid: "AdministratorsButWhoTakesThem",
          actions: administratorActions,
          resources: administrators,
        }),
      ]),
  deny({
    sid: "NotItsOwnWayIn",
    actions: iam(
      ...["Add*", "Attach*", "Create*", "Delete*", "Detach*"],
      ...["Put*", "Remove*", "Set*", "Tag*", "Untag*", "Update*"],
    ),
    resources: wayIn,
  }),
];

/** Of whom is changed, or of what is asked for where that is the change. */
const bounded = (boundary: string): Condition => ({
  StringEquals: { "iam:PermissionsBoundary": boundary },
});

const iam = (...actions: readonly string[]): readonly string[] =>
  actions.map((action) => `iam:${action}`);

const userActions = (firstPasswords: boolean): readonly string[] =>
  iam(
    ...["DeleteUser", "UpdateUser", "TagUser", "UntagUser"],
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

/**
 * By which a role comes to be, or gets other permissions. Source: AWS documentation, "Actions, resources, and condition keys for
 * AWS Identity and Access Management (IAM)", iam:PermissionsBoundary.
 */
const boundedRoleActions = iam(
  ...["CreateRole", "PutRolePermissionsBoundary"],
  ...["PutRolePolicy", "DeleteRolePolicy"],
  ...["AttachRolePolicy", "DetachRolePolicy"],
);

const roleActions = iam(
  ...["DeleteRole", "UpdateRole", "UpdateRoleDescription"],
  ...["UpdateAssumeRolePolicy", "TagRole", "UntagRole"],
);

/** Without what makes a role, lets somebody in or deletes it. */
const administratorActions = iam(
  ...["UpdateRole", "UpdateRoleDescription", "TagRole", "UntagRole"],
  ...["PutRolePolicy", "DeleteRolePolicy"],
  ...["AttachRolePolicy", "DetachRolePolicy"],
);
