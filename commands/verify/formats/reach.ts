import type { Assignment } from "../assignments";
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

/** From a node of users to a node of roles, by their index in the lists. */
export interface Way {
  readonly from: number;
  readonly to: number;
  readonly opening: Opening;
  readonly isAsConfigured: boolean;
}

export function reachOf(assignments: readonly Assignment[]): Reach {
  const users = alike(
    assignments,
    ({ user }) => user,
    (assignment) => [roleKey(assignment), stateOf(assignment)],
  );
  const roles = alike(assignments, roleKey, (assignment) => [
    assignment.user,
    stateOf(assignment),
  ]);
  const indexOfUser = indices(users);
  const indexOfRole = indices(roles);
  const ways = new Map<string, Way>();
  for (const assignment of assignments) {
    const from = indexOfUser.get(assignment.user) ?? 0;
    const to = indexOfRole.get(roleKey(assignment)) ?? 0;
    ways.set(`${from} ${to}`, {
      from,
      to,
      opening: openingOf(assignment),
      isAsConfigured: isAsConfigured(assignment),
    });
  }
  const names = new Map(
    assignments.map((assignment) => [
      roleKey(assignment),
      { account: assignment.account, role: assignment.role },
    ]),
  );
  return {
    users,
    roles: roles.map((keys) => keys.flatMap((key) => names.get(key) ?? [])),
    ways: [...ways.values()],
  };
}

const roleKey = ({ account, role }: Assignment): string =>
  JSON.stringify([account, role]);

const stateOf = (assignment: Assignment): string =>
  `${openingOf(assignment)} ${isAsConfigured(assignment)}`;

/** Names whose assignments are all alike, together. */
function alike(
  assignments: readonly Assignment[],
  nameOf: (assignment: Assignment) => string,
  detailOf: (assignment: Assignment) => readonly string[],
): string[][] {
  const details = new Map<string, string[]>();
  for (const assignment of assignments) {
    const detail = JSON.stringify(detailOf(assignment));
    const known = details.get(nameOf(assignment));
    if (known) known.push(detail);
    else details.set(nameOf(assignment), [detail]);
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

const indices = (
  groups: readonly (readonly string[])[],
): ReadonlyMap<string, number> =>
  new Map(
    groups.flatMap((names, index) =>
      names.map((name): [string, number] => [name, index]),
    ),
  );
