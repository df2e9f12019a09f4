import { roleSessionCase, type CallerCase } from "../decide/callers";
import type { Document } from "../decide/document";
import type { Permissions } from "../decide/powers";
import { awsManagedPolicy } from "../identities/aws-managed";
import type { Identity } from "../identities/identity";
import { arnOf, permissionsOf } from "../identities/permissions";
import { trustOf, type RoleTrust } from "../identities/trust-of";
import type { Organisation } from "../organisation/organisation";
import { accountKey } from "../resources/account";
import type { PlacedRole } from "./infer-account";
import { strengthOf, strengthOfPowerRole, type Strength } from "./strength";

/** A role whose sessions may go on to take other roles. */
export interface RoleNode {
  readonly label: string;
  readonly arn: string | undefined;
  readonly account: string | undefined;
  /** The account, or, where that does not show, the provider. */
  readonly home: string;
  readonly session: CallerCase;
  readonly permissions: Permissions;
  /** Why it is not certain where it stands. */
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
  const { resource, name, account } = identity;
  if (resource === undefined) return [];
  const reading = trustOf(resource);
  if (reading.kind !== "trust") return [];
  const permissions = permissionsOf(identity);
  const label = name ?? resource.name;
  return [
    {
      label,
      arn: arnOf(identity),
      account,
      home: account ?? accountKey(resource),
      session: permissions.caller,
      permissions,
      doubt: identity.mayBeElsewhere
        ? `which account ${label} stands in does not show (its provider's allowedAccountIds would tell), and trusts of the stack name several`
        : undefined,
      strength: once(() => strengthOf(identity, organisation)),
      identity,
      trust: reading.trust,
    },
  ];
}

/** A role of the config that people hold in an account, whichever stack builds it there. */
export function powerRole(
  name: string,
  account: string,
  partition = "aws",
): RoleNode {
  const arn = `arn:${partition}:iam::${account}:role/${name}`;
  const session = roleSessionCase({ account, partition, arn });
  return {
    label: `${name} of account ${account}`,
    arn,
    account,
    home: account,
    session,
    permissions: {
      caller: session,
      documents: powerUserAccess(),
      boundary: undefined,
      account,
    },
    strength: () => strengthOfPowerRole,
  };
}

/** They may use any service, and take any role that lets them; IAM is not theirs. */
function powerUserAccess(): readonly Document[] {
  const content = awsManagedPolicy("arn:aws:iam::aws:policy/PowerUserAccess");
  return content?.kind === "document" ? [content.document] : [];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
