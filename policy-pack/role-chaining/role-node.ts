import { roleSessionCase, type CallerCase } from "../decide/callers";
import type { Permissions } from "../decide/powers";
import type { Identity } from "../identities/identity";
import { arnOf, permissionsOf } from "../identities/permissions";
import { trustOf, type RoleTrust } from "../identities/trust-of";
import type { Organisation } from "../organisation/organisation";
import { strengthOf, strengthOfPowerRole, type Strength } from "./strength";

/** A role whose sessions may go on to take other roles. */
export interface RoleNode {
  readonly label: string;
  readonly arn: string | undefined;
  readonly account: string | undefined;
  readonly session: CallerCase;
  /** undefined: a role that this stack does not build, and that may ask for any role. */
  readonly permissions: Permissions | undefined;
  readonly strength: () => Strength;
}

/** A role that the stack builds, which others may lead to. */
export interface StackRole extends RoleNode {
  readonly identity: Identity;
  readonly trust: RoleTrust;
}

/** @returns nothing for a role of another stack, or one whose trust can't be read */
export function stackRole(
  identity: Identity,
  organisation: Organisation,
): readonly StackRole[] {
  const { resource, name, account } = identity;
  if (resource === undefined) return [];
  const reading = trustOf(resource);
  if (reading.kind !== "trust") return [];
  const permissions = permissionsOf(identity);
  return [
    {
      label: name ?? resource.name,
      arn: arnOf(identity),
      account,
      session: permissions.caller,
      permissions,
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
  return {
    label: `${name} of account ${account}`,
    arn,
    account,
    session: roleSessionCase({ account, partition, arn }),
    permissions: undefined,
    strength: () => strengthOfPowerRole,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
