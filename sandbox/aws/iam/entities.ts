import { iamArn } from "../arn";
import type { Group, MfaDevice, Role, User } from "../model";
import { type Call, type Result } from "../operation";
import { matching } from "../parameters";
import { noSuchEntity } from "./errors";

/** The kinds of identity that carry policies. */
export type Kind = "User" | "Group" | "Role";
export type Holder = User | Group | Role;

export const namePattern = /^[\w+=,.@-]{1,128}$/;
export const shortNamePattern = /^[\w+=,.@-]{1,64}$/;

const arnKinds = { User: "user", Group: "group", Role: "role" } as const;

export const arnOf = (
  { cloud, account }: Call,
  kind: Kind,
  named: { readonly path: string; readonly name: string },
): string => iamArn(cloud, account.id, arnKinds[kind], named);

const mapOf = ({ account }: Call, kind: Kind): ReadonlyMap<string, Holder> =>
  kind === "User"
    ? account.users
    : kind === "Group"
      ? account.groups
      : account.roles;

/** The identity that `UserName`, `GroupName` or `RoleName` names. */
export function holderOf(call: Call, kind: Kind): Holder {
  const name = matching(call.parameters, `${kind}Name`, namePattern);
  const holder = mapOf(call, kind).get(name);
  if (holder) return holder;
  throw noSuchEntity(`The ${kind.toLowerCase()} with name ${name}`);
}

/** The ARN to decide on, whether or not the identity is there. */
export function holderArn(call: Call, kind: Kind): string {
  const name = call.parameters.get(`${kind}Name`) ?? "";
  const path = mapOf(call, kind).get(name)?.path ?? "/";
  return arnOf(call, kind, { path, name });
}

/** The user that `UserName` names; without one, the caller. */
export function userOf(call: Call): User {
  const { caller } = call;
  if (!call.parameters.get("UserName") && caller.kind === "user") {
    return caller.user;
  }
  const name = matching(call.parameters, "UserName", namePattern);
  const user = call.account.users.get(name);
  if (user) return user;
  throw noSuchEntity(`The user with name ${name}`);
}

/** As `holderArn`, with the caller for a request that names no user. */
export function userArnOf(call: Call): string {
  const { caller, parameters } = call;
  return !parameters.get("UserName") && caller.kind === "user"
    ? arnOf(call, "User", caller.user)
    : holderArn(call, "User");
}

export function groupOf(call: Call): Group {
  return holderOf(call, "Group");
}

export function roleOf(call: Call): Role {
  const name = matching(call.parameters, "RoleName", namePattern);
  const role = call.account.roles.get(name);
  if (role) return role;
  throw noSuchEntity(`The role with name ${name}`);
}

export const describeTags = (
  tags: readonly { readonly key: string; readonly value: string }[],
): readonly Result[] =>
  tags.map(({ key, value }) => ({ Key: key, Value: value }));

const describeBoundary = (arn: string | undefined): Result | undefined =>
  arn === undefined
    ? undefined
    : { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn };

export const describeUser = (call: Call, user: User): Result => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: arnOf(call, "User", user),
  CreateDate: user.createdAt,
  PasswordLastUsed: user.passwordLastUsed,
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

export const describeRole = (call: Call, role: Role): Result => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: arnOf(call, "Role", role),
  CreateDate: role.createdAt,
  AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy.text),
  Description: role.description,
  MaxSessionDuration: role.maxSessionDuration,
  PermissionsBoundary: describeBoundary(role.permissionsBoundary),
  Tags: describeTags(role.tags),
  RoleLastUsed: role.lastUsed
    ? { LastUsedDate: role.lastUsed.at, Region: role.lastUsed.region }
    : {},
});

export const devicesOf = (call: Call, user: User): readonly MfaDevice[] =>
  [...call.account.mfaDevices.values()].filter(
    ({ enabledFor }) => enabledFor === user.name,
  );
