import { accountOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import type { UnknownValue } from "../resources/unknown-value";
import {
  externalIdentities,
  externalKey,
  externalIdentity,
} from "./external-identities";
import { withBounding } from "./bounding";
import { withoutUncertainDenies } from "./exclusive-conflicts";
import type { Holder, Reference } from "./holder";
import { Holders } from "./holders";
import { grouped } from "./grouped";
import type { HeldPolicy, Identity } from "./identity";
import { inlineNamesIn } from "./inline-names";
import { ManagedPolicies } from "./managed-policies";
import {
  inNoGroup,
  isOfOthers,
  membersBeing,
  membershipOf,
  membersIn,
  type Groups,
  type Member,
} from "./memberships";
import { boundaryOf, ownGrant } from "./own-policies";
import type { PolicyGrant } from "./policy-grant";
import { grantsOf } from "./policy-grants";

/** All that a stack says about who may do what. */
export interface Identities {
  readonly users: readonly Identity[];
  readonly groups: readonly Identity[];
  readonly roles: readonly Identity[];
  /** Of Identity Center. */
  readonly permissionSets: readonly Identity[];
  /** Names of a policy's holder that nobody knows yet. */
  readonly unknownHolders: readonly UnknownValue[];
  /** What puts users into groups, or takes them out, that stand in another stack. */
  readonly membershipsOfOthers: readonly Resource[];
  /** Names of a user in a group, or of its group, that nobody knows yet. */
  readonly unknownMembers: readonly UnknownValue[];
}

/** Puts together what stands in several resources but makes up one identity. */
export function gatherIdentities(resources: readonly Resource[]): Identities {
  const holders = new Holders(resources);
  const managed = new ManagedPolicies(resources);
  const inlineNames = new Set(resources.flatMap(inlineNamesIn));
  const grants = withoutUncertainDenies([
    ...holders.all.map((one) => ownGrant(one, managed)),
    ...resources.flatMap((one) => grantsOf(one, holders, managed, inlineNames)),
  ]);
  const members = membersIn(resources, holders);
  const membersOf = membersBeing(members);
  const given = grouped(grants, ({ to }) =>
    to.kind === "holder" ? to.holder : undefined,
  );
  const identity = (holder: Holder, membership = inNoGroup): Identity =>
    withBounding(managed, {
      kind: holder.kind,
      name: holder.name,
      // A permission set may be in use in any account.
      account:
        holder.kind === "permission set"
          ? undefined
          : accountOf(holder.resource),
      resource: holder.resource,
      policies: (given.get(holder) ?? []).flatMap(({ policies }) => policies),
      boundary: boundaryOf(holder, managed) ?? boundaryGiven(given.get(holder)),
      ...membership,
    });
  const groups: Groups = {
    ofStack: new Map(
      holders.ofKind("group").map((one) => [one, identity(one)]),
    ),
    external: externalIdentities("group", grants),
  };
  return {
    users: [
      ...holders
        .ofKind("user")
        .map((user) => identity(user, membershipOf(membersOf(user), groups))),
      ...externalUsers(grants, members, groups),
    ],
    groups: [...groups.ofStack.values(), ...groups.external.values()],
    roles: [
      ...holders.ofKind("role").map((role) => identity(role)),
      ...externalIdentities("role", grants).values(),
    ],
    permissionSets: [
      ...holders.ofKind("permission set").map((one) => identity(one)),
      ...externalIdentities("permission set", grants).values(),
    ],
    unknownHolders: grants.flatMap(({ to, resource }) =>
      unknownValue(to, resource),
    ),
    membershipsOfOthers: resources.filter((one) => isOfOthers(one, holders)),
    unknownMembers: members.flatMap(({ user, group, resource }) => [
      ...unknownValue(user, resource),
      ...unknownValue(group, resource),
    ]),
  };
}

/** One that a resource of its own gives. */
const boundaryGiven = (
  grants: readonly PolicyGrant[] = [],
): HeldPolicy | undefined =>
  grants.find(({ boundary }) => boundary !== undefined)?.boundary;

/** With those whom this stack puts into groups. */
function externalUsers(
  grants: readonly PolicyGrant[],
  members: readonly Member[],
  groups: Groups,
): readonly Identity[] {
  const users = new Map(externalIdentities("user", grants));
  const memberships = new Map<string, Member[]>();
  for (const member of members) {
    const { user, resource } = member;
    if (user.kind !== "external") continue;
    const key = externalKey(user.name, resource);
    memberships.set(key, [...(memberships.get(key) ?? []), member]);
    if (users.has(key)) continue;
    users.set(key, externalIdentity("user", user.name, [], resource));
  }
  return [...users].map(([key, user]) => ({
    ...user,
    ...membershipOf(memberships.get(key) ?? [], groups),
  }));
}

const unknownValue = (
  reference: Reference,
  resource: Resource,
): readonly UnknownValue[] =>
  reference.kind === "unknown" ? [{ resource, path: reference.path }] : [];
