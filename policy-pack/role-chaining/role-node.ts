import type { Permissions } from "../decide/powers";
import type { BoundingPolicy, Identity } from "../identities/identity";
import { arnOf, permissionsOf } from "../identities/permissions";
import { trustOf, type RoleTrust } from "../identities/trust-of";
import type { Organisation } from "../organisation/organisation";
import { accountKey } from "../resources/account";
import { knownText, type Resource } from "../resources/resource";
import type { PlacedRole } from "./infer-account";
import { strengthOf, type Strength } from "./strength";

/** Whose sessions may go on to take other roles: a role, or what acts as one. */
export interface RoleNode {
  readonly label: string;
  /** Of the stack: what a finding about it is of. */
  readonly resource: Resource | undefined;
  readonly arn: string | undefined;
  /** Of a role whose ARN nobody knows: what it looks like. */
  readonly arnLike?: readonly string[];
  readonly account: string | undefined;
  /** The account, or, where that does not show, the provider. */
  readonly home: string;
  /** What its sessions may do; `caller` is any of them. */
  readonly permissions: Permissions;
  /** What its policies name as the boundary of others, as far as that can be read. */
  readonly bounding: readonly BoundingPolicy[];
  /** Why it is not certain where it stands, or what it may do. */
  readonly doubt?: string | undefined;
  readonly strength: () => Strength;
}

/** A role that the stack builds, which others may lead to. */
export interface StackRole extends RoleNode {
  readonly identity: Identity;
  readonly trust: RoleTrust;
}

/** @returns nothing for a role of another stack, or one whose trust can't be read */
export function stackRole(
  identity: PlacedRole,
  organisation: Organisation,
): readonly StackRole[] {
  const { resource, name, account, bounding = [] } = identity;
  if (resource === undefined) return [];
  const reading = trustOf(resource);
  if (reading.kind !== "trust") return [];
  const permissions = permissionsOf(identity);
  const label = name ?? resource.name;
  return [
    {
      label,
      resource,
      arn: arnOf(identity),
      account,
      home: account ?? accountKey(resource),
      permissions,
      bounding,
      doubt: identity.mayBeElsewhere
        ? `which account ${label} stands in does not show (its provider's allowedAccountIds would tell), and trusts of the stack name several`
        : undefined,
      strength: once(() => strengthOf(identity, organisation)),
      identity,
      trust: reading.trust,
    },
  ];
}

/** Of a role whose ARN does not show, any of its name and path may be the one. */
export const anyArnOf = ({ arn, identity, trust }: StackRole): string =>
  arn ??
  `arn:*:iam::*:role${knownText(trust.resource, "path") ?? "/"}${identity.name ?? "?*"}`;

export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
