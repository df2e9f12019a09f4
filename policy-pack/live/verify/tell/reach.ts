import type { Door } from "../doors";
import { isAsConfigured, openingOf, type Opening } from "./words";

/**
 * Who can reach what, put together so that it can be drawn: users who stand alike before every
 * role are one node, and so are roles that stand alike before every user. An organisation of a
 * hundred users in five teams is five nodes.
 */
export interface Reach {
  readonly users: readonly string[][];
  readonly roles: readonly RoleName[][];
  readonly ways: readonly Way[];
}

export interface RoleName {
  readonly account: string;
  readonly role: string;
}

/** From a node of users to a node of roles, by their place in the lists. */
export interface Way {
  readonly from: number;
  readonly to: number;
  readonly opening: Opening;
  readonly isAsConfigured: boolean;
}

export function reachOf(doors: readonly Door[]): Reach {
  const users = alike(
    doors,
    ({ user }) => user,
    (door) => [roleKey(door), stateOf(door)],
  );
  const roles = alike(doors, roleKey, (door) => [door.user, stateOf(door)]);
  const placeOfUser = placesIn(users);
  const placeOfRole = placesIn(roles);
  const ways = new Map<string, Way>();
  for (const door of doors) {
    const from = placeOfUser.get(door.user) ?? 0;
    const to = placeOfRole.get(roleKey(door)) ?? 0;
    ways.set(`${from} ${to}`, {
      from,
      to,
      opening: openingOf(door),
      isAsConfigured: isAsConfigured(door),
    });
  }
  const names = new Map(
    doors.map((door) => [
      roleKey(door),
      { account: door.account, role: door.role },
    ]),
  );
  return {
    users,
    roles: roles.map((keys) => keys.flatMap((key) => names.get(key) ?? [])),
    ways: [...ways.values()],
  };
}

const roleKey = ({ account, role }: Door): string =>
  JSON.stringify([account, role]);

const stateOf = (door: Door): string =>
  `${openingOf(door)} ${isAsConfigured(door)}`;

/** Names whose doors are all alike, together. */
function alike(
  doors: readonly Door[],
  nameOf: (door: Door) => string,
  detailOf: (door: Door) => readonly string[],
): string[][] {
  const details = new Map<string, string[]>();
  for (const door of doors) {
    const detail = JSON.stringify(detailOf(door));
    const known = details.get(nameOf(door));
    if (known) known.push(detail);
    else details.set(nameOf(door), [detail]);
  }
  const groups = new Map<string, string[]>();
  for (const [name, detail] of details) {
    const key = detail.sort().join("\n");
    const group = groups.get(key);
    if (group) group.push(name);
    else groups.set(key, [name]);
  }
  return [...groups.values()];
}

const placesIn = (
  groups: readonly (readonly string[])[],
): ReadonlyMap<string, number> =>
  new Map(
    groups.flatMap((names, index) =>
      names.map((name): [string, number] => [name, index]),
    ),
  );
