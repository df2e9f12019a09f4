import type { Assignment } from "../assignments";
import { groupBy } from "./group-by";
import { isAsConfigured, openingOf, type Opening } from "./words";

/**
 * Who can reach what, put together so that it can be drawn: users who stand alike before every
 * role are one node, and so are roles that stand alike before every user. An organisation of a
 * hundred users in five teams is five nodes.
 */
export interface Reach {
  readonly users: readonly (readonly string[])[];
  readonly roles: readonly (readonly RoleName[])[];
  readonly ways: readonly Way[];
}

export type RoleName = Pick<Assignment, "account" | "role">;

/** From a node of users to a node of roles, by their index in the lists. */
export interface Way {
  readonly from: number;
  readonly to: number;
  readonly opening: Opening;
  readonly isAsConfigured: boolean;
}

export function reachOf(assignments: readonly Assignment[]): Reach {
  const users = alike(assignments, userOf, roleOf);
  const roles = alike(assignments, roleOf, userOf);
  const ways = groupBy(
    assignments,
    (one) => `${users.indexOf(userOf(one))} ${roles.indexOf(roleOf(one))}`,
  );
  return {
    users: users.nodes.map((node) => node.map(([{ user }]) => user)),
    roles: roles.nodes.map((node) => node.map(([role]) => role)),
    ways: [...ways.values()].map(([one]) => ({
      from: users.indexOf(userOf(one)),
      to: roles.indexOf(roleOf(one)),
      opening: openingOf(one),
      isAsConfigured: isAsConfigured(one),
    })),
  };
}

type KeyOf = (assignment: Assignment) => string;

const userOf: KeyOf = ({ user }) => user;
const roleOf: KeyOf = ({ account, role }) => JSON.stringify([account, role]);

/** Assignments of one user, or one role, put together with those that are alike in all others. */
function alike(
  assignments: readonly Assignment[],
  keyOf: KeyOf,
  otherOf: KeyOf,
) {
  const stateOf: KeyOf = (one) =>
    JSON.stringify([otherOf(one), openingOf(one), isAsConfigured(one)]);
  const nodes = [
    ...groupBy([...groupBy(assignments, keyOf).values()], (ofOne) =>
      ofOne.map(stateOf).sort().join("\n"),
    ).values(),
  ];
  const indices = new Map(
    nodes.flatMap((node, index) =>
      node.map(([one]): [string, number] => [keyOf(one), index]),
    ),
  );
  return { nodes, indexOf: (key: string): number => indices.get(key) ?? 0 };
}
