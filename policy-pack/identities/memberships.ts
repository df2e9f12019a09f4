import type { Resource } from "../resources/resource";
import { externalKey, externalIdentity } from "./external-identities";
import { holderForms, membershipForms } from "./forms";
import type { Holder, Reference } from "./holder";
import { grouped } from "./grouped";
import { keyOf, mayName, type Holders } from "./holders";
import type { Identity } from "./identity";

/** That a user is in a group. */
export interface Member {
  readonly resource: Resource;
  readonly user: Reference;
  readonly group: Reference;
  /** An exclusive list may take the user out of the group again. */
  readonly isUncertain: boolean;
}

export function membersIn(
  resources: readonly Resource[],
  holders: Holders,
): readonly Member[] {
  const lists = resources.flatMap((one) => listsOf(one, holders));
  const isUnknown = ({ group }: ExclusiveList) => group.kind === "unknown";
  const unknown = lists.filter(isUnknown);
  const byGroup = grouped(lists, ({ group, resource }) =>
    keyOf(group, resource),
  );
  return resources
    .flatMap((one) => membersOf(one, holders))
    .map((member) => {
      const group = keyOf(member.group, member.resource);
      const named = group === undefined ? [] : (byGroup.get(group) ?? []);
      return {
        ...member,
        isUncertain: [...named, ...unknown].some((one) =>
          takesOut(one, member),
        ),
      };
    });
}

/** All users that its resource leaves in a group. */
interface ExclusiveList {
  readonly resource: Resource;
  readonly group: Reference;
  readonly users: readonly Reference[];
}

function listsOf(
  resource: Resource,
  holders: Holders,
): readonly ExclusiveList[] {
  const form = membershipForms.get(resource.type);
  if (form?.isExclusive !== true) return [];
  const users = holders.namedBy(resource, form.users, "user");
  return holders
    .namedBy(resource, form.groups, "group")
    .map((group) => ({ resource, group, users }));
}

const takesOut = (
  { resource, group, users }: ExclusiveList,
  member: Omit<Member, "isUncertain">,
): boolean =>
  resource !== member.resource &&
  mayName(
    { resource, to: group },
    { resource: member.resource, to: member.group },
  ) &&
  !users.some((user) =>
    mayName(
      { resource, to: user },
      { resource: member.resource, to: member.user },
    ),
  );

function membersOf(
  resource: Resource,
  holders: Holders,
): readonly Omit<Member, "isUncertain">[] {
  const ownGroups = holderForms.get(resource.type)?.groups;
  if (ownGroups !== undefined) {
    const user = holders.at(resource);
    return holders
      .namedBy(resource, ownGroups, "group")
      .map((group) => ({ resource, user, group }));
  }
  const form = membershipForms.get(resource.type);
  if (form === undefined) return [];
  const users = holders.namedBy(resource, form.users, "user");
  const groups = holders.namedBy(resource, form.groups, "group");
  return users.flatMap((user) =>
    groups.map((group) => ({ resource, user, group })),
  );
}

/** Whether the resource speaks of a user that the stack does not make; a list, of such a group. */
export function isOfOthers(resource: Resource, holders: Holders): boolean {
  const form = membershipForms.get(resource.type);
  if (form === undefined) return false;
  const isOther = ({ kind }: Reference) => kind === "external";
  return (
    holders.namedBy(resource, form.users, "user").some(isOther) ||
    (form.isExclusive === true &&
      holders.namedBy(resource, form.groups, "group").some(isOther))
  );
}

/** Those of each user of the stack, and those that may be of any user. */
export function membersBeing(
  members: readonly Member[],
): (user: Holder) => readonly Member[] {
  const byUser = grouped(members, ({ user }) =>
    user.kind === "holder" ? user.holder : undefined,
  );
  const ofAny = members.filter(({ user }) => user.kind === "unknown");
  return (user) => [...(byUser.get(user) ?? []), ...ofAny];
}

/** All groups that the stack speaks of. */
export interface Groups {
  readonly ofStack: ReadonlyMap<Holder, Identity>;
  readonly external: ReadonlyMap<string, Identity>;
}

export type Membership = Pick<
  Identity,
  "groups" | "uncertainGroups" | "mayBeInMoreGroups"
>;

export const inNoGroup: Membership = { groups: [], mayBeInMoreGroups: false };

export function membershipOf(
  members: readonly Member[],
  { ofStack, external }: Groups,
): Membership {
  const groupsOf = (some: readonly Member[]): ReadonlySet<Identity> =>
    new Set(
      some.flatMap(({ user, group, resource }) => {
        if (user.kind === "unknown" || group.kind === "unknown") return [];
        if (group.kind === "holder") return ofStack.get(group.holder) ?? [];
        const { name } = group;
        return (
          external.get(externalKey(name, resource)) ??
          externalIdentity("group", name, [], resource)
        );
      }),
    );
  const certain = groupsOf(members.filter((one) => !one.isUncertain));
  const uncertain = groupsOf(members.filter((one) => one.isUncertain));
  return {
    groups: [...certain],
    uncertainGroups: [...uncertain].filter((one) => !certain.has(one)),
    mayBeInMoreGroups: members.some(
      ({ user, group }) => user.kind === "unknown" || group.kind === "unknown",
    ),
  };
}
