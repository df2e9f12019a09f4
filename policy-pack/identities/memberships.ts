import type { Resource } from "../resources/resource";
import { keyElsewhere, standingElsewhere } from "./elsewhere";
import { holderForms, membershipForms } from "./forms";
import type { Holder, Holders, Reference } from "./holders";
import type { Identity } from "./identity";

/** That a user is in a group. */
export interface Member {
  readonly resource: Resource;
  readonly user: Reference;
  readonly group: Reference;
}

export function membersOf(
  resource: Resource,
  holders: Holders,
): readonly Member[] {
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

/** Those of a user of the stack, and those that may be of any user. */
export const membersBeing = (
  user: Holder,
  members: readonly Member[],
): readonly Member[] =>
  members.filter(
    (one) =>
      one.user.kind === "unknown" ||
      (one.user.kind === "holder" && one.user.holder === user),
  );

/** All groups that the stack speaks of. */
export interface Groups {
  readonly here: ReadonlyMap<Holder, Identity>;
  readonly elsewhere: ReadonlyMap<string, Identity>;
}

export type Membership = Pick<Identity, "groups" | "mayBeInMoreGroups">;

export const inNoGroup: Membership = { groups: [], mayBeInMoreGroups: false };

export function membershipOf(
  members: readonly Member[],
  { here, elsewhere }: Groups,
): Membership {
  const groups = members.flatMap(({ user, group, resource }) => {
    if (user.kind === "unknown" || group.kind === "unknown") return [];
    if (group.kind === "holder") return here.get(group.holder) ?? [];
    const { name } = group;
    return (
      elsewhere.get(keyElsewhere(name, resource)) ??
      standingElsewhere("group", name, [], resource)
    );
  });
  return {
    groups: [...new Set(groups)],
    mayBeInMoreGroups: members.some(
      ({ user, group }) => user.kind === "unknown" || group.kind === "unknown",
    ),
  };
}
