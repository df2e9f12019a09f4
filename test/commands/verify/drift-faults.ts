import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  TagRoleCommand,
  UntagUserCommand,
  UpdateRoleCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { allow } from "../../../sandbox/grown-account/make";
import { bastionId, devId, prodId } from "./accounts";
import type { Fault } from "./fault";
import { documentOf, root, trusting } from "./live-accounts";
import { deleteRole, iam, retrust, withMfa } from "./planting";

const awsPolicy = (name: string) => `arn:aws:iam::aws:policy/${name}`;

/** Changes by hand of what the program has deployed. */
export const driftFaults: readonly Fault[] = [
  {
    name: "AdministratorAccess hangs on the role that everybody holds",
    plant: (aws) =>
      iam(aws, prodId).send(
        new AttachRolePolicyCommand({
          RoleName: "ReadOnly",
          PolicyArn: awsPolicy("AdministratorAccess"),
        }),
      ),
    rule: "role-allows-more",
    says: /^ReadOnly in prod may call iam:AttachRolePolicy, by .* AdministratorAccess on the role ReadOnly/,
  },
  {
    name: "PowerUser has lost its Deny, and has all of IAM",
    plant: async (aws) => {
      await iam(aws, prodId).send(
        new DeleteRolePolicyCommand({
          RoleName: "PowerUser",
          PolicyName: "deny-account-writes",
        }),
      );
      await iam(aws, prodId).send(
        new PutRolePolicyCommand({
          RoleName: "PowerUser",
          PolicyName: "quick-fix",
          PolicyDocument: allow("iam:*"),
        }),
      );
    },
    rule: "role-allows-more",
    says: /^PowerUser in prod may call iam:AttachRolePolicy, by .* quick-fix/,
  },
  {
    name: "the program's own policy says more",
    plant: (aws) =>
      iam(aws, devId).send(
        new PutRolePolicyCommand({
          RoleName: "PowerUser",
          PolicyName: "deny-account-writes",
          PolicyDocument: allow("iam:CreateUser"),
        }),
      ),
    rule: "role-allows-more",
    says: /^PowerUser in dev may call iam:CreateUser, by .* deny-account-writes/,
  },
  {
    name: "a role has lost a policy",
    plant: (aws) =>
      iam(aws, prodId).send(
        new DetachRolePolicyCommand({
          RoleName: "OpsSudo",
          PolicyArn: awsPolicy("AdministratorAccess"),
        }),
      ),
    rule: "role-allows-less",
    says: /^OpsSudo in prod may not call iam:AttachRolePolicy/,
  },
  {
    name: "a role has a Deny of its own",
    plant: (aws) =>
      iam(aws, devId).send(
        new PutRolePolicyCommand({
          RoleName: "OpsSudo",
          PolicyName: "freeze",
          PolicyDocument: documentOf({
            Effect: "Deny",
            Action: "ec2:RunInstances",
            Resource: "*",
          }),
        }),
      ),
    rule: "role-allows-less",
    says: /^OpsSudo in dev may not call ec2:RunInstances.* denied by .* freeze/,
  },
  {
    name: "a role takes its own account's root as well",
    plant: (aws) =>
      retrust(
        aws,
        prodId,
        "OpsSudo",
        trusting({ AWS: `arn:aws:iam::${prodId}:root` }),
      ),
    rule: "role-trusts-more",
    says: /^OpsSudo in prod lets in any user of account 033333333333 without MFA/,
  },
  {
    name: "a role takes nobody of the bastion any more",
    plant: (aws) =>
      retrust(
        aws,
        prodId,
        "Analyst",
        trusting({ AWS: `arn:aws:iam::${bastionId}:user/chen` }, withMfa),
      ),
    rule: "role-trusts-less",
    says: /^Analyst in prod does not let in any user of account 111111111111/,
  },
  {
    name: "a role has a boundary",
    plant: (aws) =>
      iam(aws, devId).send(
        new PutRolePermissionsBoundaryCommand({
          RoleName: "ReadOnly",
          PermissionsBoundary: awsPolicy("AdministratorAccess"),
        }),
      ),
    rule: "boundary-differs",
    says: /^ReadOnly in dev has .*AdministratorAccess, and the config says that there is none/,
  },
  {
    name: "a user has a boundary",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new PutUserPermissionsBoundaryCommand({
          UserName: "chen",
          PermissionsBoundary: awsPolicy("AdministratorAccess"),
        }),
      ),
    rule: "boundary-differs",
    says: /^chen in bastion has .*AdministratorAccess/,
  },
  {
    name: "a user was moved to another path",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new UpdateUserCommand({ UserName: "chen", NewPath: "/x/" }),
      ),
    rule: "path-differs",
    says: /^chen in bastion has the path \/x\/, and the config says \//,
  },
  {
    name: "a role was made anew at another path",
    plant: async (aws) => {
      await deleteRole(aws, devId, "Analyst");
      await iam(aws, devId).send(
        new CreateRoleCommand({
          RoleName: "Analyst",
          Path: "/x/",
          AssumeRolePolicyDocument: trusting(root(bastionId), withMfa),
        }),
      );
    },
    rule: "path-differs",
    says: /^Analyst in dev has the path \/x\/, and the config says \//,
  },
  {
    name: "sessions of a role last longer",
    plant: (aws) =>
      iam(aws, prodId).send(
        new UpdateRoleCommand({
          RoleName: "ReadOnly",
          MaxSessionDuration: 43_200,
        }),
      ),
    rule: "session-differs",
    says: /^sessions of ReadOnly in prod may last 43200 seconds, and the config says \d+/,
  },
  {
    name: "a role has another tag",
    plant: (aws) =>
      iam(aws, prodId).send(
        new TagRoleCommand({
          RoleName: "ReadOnly",
          Tags: [{ Key: "managed-by", Value: "hand" }],
        }),
      ),
    rule: "tags-differ",
    says: /managed-by of ReadOnly in prod is "hand", and the config says "pulumi"/,
  },
  {
    name: "a user lacks a tag",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new UntagUserCommand({ UserName: "ada", TagKeys: ["department"] }),
      ),
    rule: "tags-differ",
    says: /department of ada in bastion is not there/,
  },
  {
    name: "a group may do more",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new PutGroupPolicyCommand({
          GroupName: "team-analysts",
          PolicyName: "by-hand",
          PolicyDocument: allow("s3:GetObject", "arn:aws:s3:::reports/*"),
        }),
      ),
    rule: "group-allows-more",
    says: /team-analysts may call s3:GetObject on arn:aws:s3:::reports\/\*, by .* by-hand/,
  },
  {
    name: "a group's own policy allows nothing any more",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new PutGroupPolicyCommand({
          GroupName: "team-analysts",
          PolicyName: "roles",
          PolicyDocument: allow("sts:GetSessionToken"),
        }),
      ),
    rule: "group-allows-less",
    says: /team-analysts may not call sts:AssumeRole on arn:aws:iam::033333333333:role\/Analyst/,
  },
];
