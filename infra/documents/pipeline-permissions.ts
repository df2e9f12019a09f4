import { groupRolesPolicy } from "../names";
import { iamArn, type AccountId, type Partition } from "../partition";
import {
  policyDocument,
  type Condition,
  type IdentityStatement,
  type PolicyDocument,
} from "./policy-document";

interface Place {
  readonly partition: Partition;
  readonly account: AccountId;
}

/** What a preview and a refresh look at. */
const readIam = statement("ReadIam", ["iam:Get*", "iam:List*"], ["*"]);

/** A preview changes nothing: it may read, and what it may read holds no secret. */
export const previewPolicy = (
  ...alarm: readonly IdentityStatement[]
): PolicyDocument => policyDocument(readIam, ...alarm);

/**
 * What the bastion's stack changes: users without credentials, the groups that it names, and their
 * policies. An access key or a password can't be made with it, but for the first password of a user
 * with a PGP key, where config has such a user.
 */
export function bastionDeploymentPolicy(
  { partition, account }: Place,
  groups: readonly string[],
  { firstPasswords }: { readonly firstPasswords: boolean },
): PolicyDocument {
  const arns = (...resources: readonly string[]) =>
    resources.map((one) => iamArn(partition, account, one));
  const groupArns = arns(...groups.map((group) => `group/${group}`));
  const policyArns = arns(
    ...groups.map((group) => `policy/${groupRolesPolicy(group, "*")}`),
  );
  return policyDocument(
    readIam,
    statement("Users", userActions(firstPasswords), arns("user/*")),
    statement(
      "DevicesOfRemovedUsers",
      iam("DeleteVirtualMFADevice"),
      arns("mfa/*"),
    ),
    // Removing a user takes them out of groups that others made, too.
    statement("LeaveGroups", iam("RemoveUserFromGroup"), arns("group/*")),
    statement("Groups", groupActions, groupArns),
    statement(
      "PoliciesOfGroups",
      iam("AttachGroupPolicy", "DetachGroupPolicy"),
      groupArns,
      { ArnLike: { "iam:PolicyARN": policyArns } },
    ),
    statement("Policies", policyActions, policyArns),
    statement("AccountSettings", accountActions, ["*"]),
  );
}

/**
 * What a workload stack changes: the roles that people take. Who may write roles can write one for
 * an administrator, so this is an administrator in effect, and what holds it is who may merge into
 * the branch. It can't change its own way in, nor that of the organisation.
 */
export function workloadDeploymentPolicy(
  { partition, account }: Place,
  keptFrom: readonly string[],
  ...alarm: readonly IdentityStatement[]
): PolicyDocument {
  return policyDocument(
    readIam,
    statement("Roles", roleActions, [iamArn(partition, account, "role/*")]),
    {
      Sid: "NotItsOwnWayIn",
      Effect: "Deny",
      Action: iam(
        ...["Add*", "Attach*", "Create*", "Delete*", "Detach*"],
        ...["Put*", "Remove*", "Tag*", "Untag*", "Update*"],
      ),
      Resource: keptFrom,
    },
    ...alarm,
  );
}

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
  ...["PutGroupPolicy", "DeleteGroupPolicy"],
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

function statement(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Condition,
): IdentityStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}
