import type { Role, User } from "../model";
import type { Call, Result } from "../operation";
import { arnOf, type Identity, type IdentityKind } from "./entities";

/** The shapes that AWS describes identities in. */

/** As in a list, which leaves tags, boundary and a role's last use out. */
export const listed = (
  call: Call,
  kind: IdentityKind,
  identity: Identity,
): Result => ({
  Path: identity.path,
  [`${kind}Name`]: identity.name,
  [`${kind}Id`]: identity.id,
  Arn: arnOf(call, kind, identity),
  CreateDate: identity.createdAt,
  ...("groups" in identity
    ? { PasswordLastUsed: identity.passwordLastUsed }
    : {}),
  ...("trustPolicy" in identity
    ? {
        AssumeRolePolicyDocument: encodeURIComponent(identity.trustPolicy.text),
        Description: identity.description,
        MaxSessionDuration: identity.maxSessionDuration,
      }
    : {}),
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
  Tags: tags,
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
