import type { Group, Role, Tag, User } from "../model";
import type { Call, Result } from "../operation";
import { arnOf } from "./entities";

/** The shapes that AWS describes identities in. */

export const describeTag = ({ key, value }: Tag): Result => ({
  Key: key,
  Value: value,
});

export const describeTags = (tags: readonly Tag[]): readonly Result[] =>
  tags.map(describeTag);

const describeBoundary = (arn: string | undefined): Result | undefined =>
  arn === undefined
    ? undefined
    : { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn };

/** As in a list, which leaves tags and boundary out. */
export const listedUser = (call: Call, user: User): Result => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: arnOf(call, "User", user),
  CreateDate: user.createdAt,
  PasswordLastUsed: user.passwordLastUsed,
});

export const describeUser = (call: Call, user: User): Result => ({
  ...listedUser(call, user),
  PermissionsBoundary: describeBoundary(user.permissionsBoundary),
  Tags: describeTags(user.tags),
});

export const describeGroup = (call: Call, group: Group): Result => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: arnOf(call, "Group", group),
  CreateDate: group.createdAt,
});

/** As in a list, which leaves tags, boundary and last use out. */
export const listedRole = (call: Call, role: Role): Result => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: arnOf(call, "Role", role),
  CreateDate: role.createdAt,
  AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy.text),
  Description: role.description,
  MaxSessionDuration: role.maxSessionDuration,
});

export const describeRole = (call: Call, role: Role): Result => ({
  ...listedRole(call, role),
  PermissionsBoundary: describeBoundary(role.permissionsBoundary),
  Tags: describeTags(role.tags),
  RoleLastUsed: role.lastUsed
    ? { LastUsedDate: role.lastUsed.at, Region: role.lastUsed.region }
    : {},
});
