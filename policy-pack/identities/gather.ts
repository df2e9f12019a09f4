import { accountOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import {
  elsewhere,
  keyElsewhere,
  standingElsewhere,
} from "./external-identities";
import { settled } from "./exclusive-conflicts";
import { grantsOf, type Grant } from "./grants";
import { Holders, type Holder, type Reference } from "./holders";
import type { HeldPolicy, Identity, UnknownValue } from "./identity";
import { inlineNamesIn } from "./inline-names";
import { ManagedPolicies } from "./managed-policies";
import {
  inNoGroup,
  membersBeing,
  membershipOf,
  membersIn,
  type Groups,
  type Member,
  type Membership,
} from "./memberships";
import { boundaryOf, ownGrant } from "./own-policies";

/** All that a stack says about who may do what. */
export interface Identities {
  readonly users: readonly Identity[];
  readonly groups: readonly Identity[];
  readonly roles: readonly Identity[];
  /** Names that nobody knows yet: of the holder of a policy, or of a member. */
  readonly unknown: readonly UnknownValue[];
}

/** Puts together what stands in several resources but makes up one identity. */
export function gatherIdentities(resources: readonly Resource[]): Identities {
  const holders = new Holders(resources);
  const managed = new ManagedPolicies(resources);
  const inlineNames = new Set(resources.flatMap(inlineNamesIn));
  const grants = settled([
    ...holders.all.map((one) => ownGrant(one, managed)),
    ...resources.flatMap((one) => grantsOf(one, holders, managed, inlineNames)),
  ]);
  const members = membersIn(resources, holders);
  const given = new Map<Holder, HeldPolicy[]>();
  for (const { to, policies } of grants) {
    if (to.kind !== "holder") continue;
    given.set(to.holder, [...(given.get(to.holder) ?? []), ...policies]);
  }
  const identity = (
    holder: Holder,
    membership: Membership = inNoGroup,
  ): Identity => ({
    kind: holder.kind,
    name: holder.name,
    account: accountOf(holder.resource),
    resource: holder.resource,
    policies: given.get(holder) ?? [],
    boundary: boundaryOf(holder, managed),
    ...membership,
  });
  const groups: Groups = {
    here: new Map(holders.ofKind("group").map((one) => [one, identity(one)])),
    elsewhere: elsewhere("group", grants),
  };
  return {
    users: [
      ...holders
        .ofKind("user")
        .map((user) =>
          identity(user, membershipOf(membersBeing(user, members), groups)),
        ),
      ...usersElsewhere(grants, members, groups),
    ],
    groups: [...groups.here.values(), ...groups.elsewhere.values()],
    roles: [
      ...holders.ofKind("role").map((role) => identity(role)),
      ...elsewhere("role", grants).values(),
    ],
    unknown: [
      ...grants.flatMap(({ to, resource }) => unknownValue(to, resource)),
      ...members.flatMap(({ user, group, resource }) => [
        ...unknownValue(user, resource),
        ...unknownValue(group, resource),
      ]),
    ],
  };
}

/** With those whom this stack puts into groups. */
function usersElsewhere(
  grants: readonly Grant[],
  members: readonly Member[],
  groups: Groups,
): readonly Identity[] {
  const users = new Map(elsewhere("user", grants));
  const memberships = new Map<string, Member[]>();
  for (const member of members) {
    const { user, resource } = member;
    if (user.kind !== "elsewhere") continue;
    const key = keyElsewhere(user.name, resource);
    memberships.set(key, [...(memberships.get(key) ?? []), member]);
    if (users.has(key)) continue;
    users.set(key, standingElsewhere("user", user.name, [], resource));
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
