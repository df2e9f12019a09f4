import { iamArn } from "../arn";
import type {
  Account,
  Group,
  ManagedPolicy,
  MfaDevice,
  Role,
  StoredDocument,
  User,
} from "../model";
import type { Call } from "../operation";
import { existing, unmodifiable, validationError } from "../errors";
import { pathIn } from "./paths";

/** The kinds of identity that carry policies, with what the sandbox keeps of each. */
export interface Identities {
  readonly User: User;
  readonly Group: Group;
  readonly Role: Role;
}

export type IdentityKind = keyof Identities;
export type Identity = Identities[IdentityKind];

export const identityKinds = ["User", "Group", "Role"] as const;

const arnKinds = { User: "user", Group: "group", Role: "role" } as const;

export const arnOf = (
  { cloud, account }: Pick<Call, "cloud" | "account">,
  kind: IdentityKind,
  named: { readonly path: string; readonly name: string },
): string => iamArn(cloud, account.id, arnKinds[kind], named);

export function mapOf<K extends IdentityKind>(
  { account }: Pick<Call, "account">,
  kind: K,
): Map<string, Identities[K]> {
  const maps: { readonly [One in IdentityKind]: Map<string, Identities[One]> } =
    { User: account.users, Group: account.groups, Role: account.roles };
  return maps[kind];
}

/** The identity that `UserName`, `GroupName` or `RoleName` names. */
export function identityOf<K extends IdentityKind>(
  call: Call,
  kind: K,
): Identities[K] {
  const name = call.parameters.required(`${kind}Name`);
  const what = `The ${kind.toLowerCase()} with name ${name}`;
  return existing(mapOf(call, kind).get(name), what);
}

/**
 * As `identityOf`, for a change that AWS keeps from everyone where the role is a service's own.
 *
 * @throws AwsError UnmodifiableEntity.
 */
export function changeableIdentity<K extends IdentityKind>(
  call: Call,
  kind: K,
): Identities[K] {
  const identity = identityOf(call, kind);
  if (kind === "Role" && isServiceLinked(identity))
    throw unmodifiable(identity.name);
  return identity;
}

export const isServiceLinked = ({ path }: { readonly path: string }): boolean =>
  path.startsWith("/aws-service-role/");

/** The ARN to decide on, whether or not the identity is there. */
export function identityArn(call: Call, kind: IdentityKind): string {
  const name = call.parameters.required(`${kind}Name`);
  const path = mapOf(call, kind).get(name)?.path ?? "/";
  return arnOf(call, kind, { path, name });
}

/** The ARN that an identity will have once it is created. */
export const newIdentityArn = (call: Call, kind: IdentityKind): string =>
  arnOf(call, kind, {
    path: pathIn(call.parameters),
    name: call.parameters.required(`${kind}Name`),
  });

/**
 * The user that `UserName` names; without one, the caller.
 *
 * @throws AwsError ValidationError when a role names nobody.
 */
export function userOf(call: Call): User {
  const { caller, parameters } = call;
  if (parameters.get("UserName")) return identityOf(call, "User");
  if (caller.kind === "user") return caller.user;
  throw validationError(
    "Must specify userName when calling with non-User credentials",
  );
}

/** As `identityArn`, with the caller for a request that names no user. */
export const userArnOf = (call: Call): string =>
  call.parameters.get("UserName")
    ? identityArn(call, "User")
    : arnOf(call, "User", userOf(call));

export const groupsOf = (account: Account, user: User): readonly Group[] =>
  [...user.groups].flatMap((name) => account.groups.get(name) ?? []);

export const devicesOf = (
  { account }: Pick<Call, "account">,
  user: User,
): readonly MfaDevice[] =>
  [...account.mfaDevices.values()].filter(
    ({ enabledFor }) => enabledFor === user.name,
  );

/** The ways to have a managed policy, as requests name them; with neither named, both count. */
export type Usage = "PermissionsPolicy" | "PermissionsBoundary" | "";

interface Holder {
  readonly kind: IdentityKind;
  readonly name: string;
  readonly id: string;
  readonly path: string;
}

/** Whoever has the policy in that way. */
export const holdersOf = (
  { account }: Pick<Call, "account">,
  policyArn: string,
  usage: Usage = "",
): readonly Holder[] =>
  identityKinds.flatMap((kind) =>
    [...mapOf({ account }, kind).values()]
      .filter(
        (identity: Identity) =>
          (usage !== "PermissionsBoundary" &&
            identity.attachedPolicies.has(policyArn)) ||
          (usage !== "PermissionsPolicy" &&
            "permissionsBoundary" in identity &&
            identity.permissionsBoundary === policyArn),
      )
      .map(({ name, id, path }: Identity) => ({ kind, name, id, path })),
  );

/** The ARNs of all policies that somebody has in that way. */
export const policiesInUse = (
  call: Pick<Call, "account">,
  usage: Usage = "",
): ReadonlySet<string> =>
  new Set(
    identityKinds.flatMap((kind) =>
      [...mapOf(call, kind).values()].flatMap((identity: Identity) => [
        ...(usage === "PermissionsBoundary" ? [] : identity.attachedPolicies),
        ...(usage !== "PermissionsPolicy" &&
        "permissionsBoundary" in identity &&
        identity.permissionsBoundary !== undefined
          ? [identity.permissionsBoundary]
          : []),
      ]),
    ),
  );

/** Whether anybody has the policy. */
export const isUsed = (call: Pick<Call, "account">, arn: string): boolean =>
  holdersOf(call, arn).length > 0;

/** A managed policy, the account's own or AWS's, if it is there. */
export const policyAt = (
  { account, cloud }: Pick<Call, "account" | "cloud">,
  arn: string,
): ManagedPolicy | undefined =>
  account.policies.get(arn) ?? cloud.awsPolicies.get(arn);

/** What a managed policy says: its default version. */
export const documentOf = ({
  defaultVersionId,
  versions,
}: ManagedPolicy): StoredDocument | undefined =>
  versions.find(({ id }) => id === defaultVersionId)?.document;
