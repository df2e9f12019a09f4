import type { Role, Tag, User } from "../model";
import type { Call, Result } from "../operation";
import { arnOf, type Identities, type IdentityKind } from "./entities";

/** The shapes that AWS describes identities in. */

export const describeTag = ({ key, value }: Tag): Result => ({
  Key: key,
  Value: value,
});

export const describeTags = (tags: readonly Tag[]): readonly Result[] =>
  tags.map(describeTag);

/** As in a list, which leaves tags, boundary and a role's last use out. */
export const listed = <K extends IdentityKind>(
  call: Call,
  kind: K,
  identity: Identities[K],
): Result => ({
  Path: identity.path,
  [`${kind}Name`]: identity.name,
  [`${kind}Id`]: identity.id,
  Arn: arnOf(call, kind, identity),
  CreateDate: identity.createdAt,
  ...(kind === "User" ? ofUser(identity as User) : {}),
  ...(kind === "Role" ? ofRole(identity as Role) : {}),
});

const ofUser = (user: User): Result => ({
  PasswordLastUsed: user.passwordLastUsed,
});

const ofRole = (role: Role): Result => ({
  AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy.text),
  Description: role.description,
  MaxSessionDuration: role.maxSessionDuration,
});

const tagsAndBoundary = ({
  permissionsBoundary,
  tags,
}: User | Role): Result => ({
  PermissionsBoundary:
    permissionsBoundary === undefined
      ? undefined
      : {
          PermissionsBoundaryType: "Policy",
          PermissionsBoundaryArn: permissionsBoundary,
        },
  Tags: describeTags(tags),
});

export const describeUser = (call: Call, user: User): Result => ({
  ...listed(call, "User", user),
  ...tagsAndBoundary(user),
});

export const describeRole = (call: Call, role: Role): Result => ({
  ...listed(call, "Role", role),
  ...tagsAndBoundary(role),
  RoleLastUsed: role.lastUsed
    ? { LastUsedDate: role.lastUsed.at, Region: role.lastUsed.region }
    : {},
});
