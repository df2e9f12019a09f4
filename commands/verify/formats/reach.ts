import type { Assignment } from "../assignments";
import { groupBy } from "../group-by";
import { isAsConfigured, openingOf, type Opening } from "../standing";

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
  const users = [
    ...groupBy(assignments, (one) => JSON.stringify(one.users)).values(),
  ];
  const toRoles = users.flatMap((group, from) =>
    group.flatMap(({ role, accounts, ...standing }) =>
      accounts.map((account) => ({
        role: { account, role },
        way: {
          from,
          opening: openingOf(standing),
          isAsConfigured: isAsConfigured(standing),
        },
      })),
    ),
  );
  const byRole = groupBy(toRoles, ({ role }) => JSON.stringify(role));
  const roles = [
    ...groupBy([...byRole.values()], (ways) =>
      JSON.stringify(ways.map(({ way }) => way)),
    ).values(),
  ];
  return {
    users: users.map(([{ users: names }]) => names),
    roles: roles.map((alike) => alike.map(([{ role }]) => role)),
    ways: roles.flatMap(([ways], to) =>
      ways.map(({ way }) => ({ ...way, to })),
    ),
  };
}
