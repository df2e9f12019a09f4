import type { GrantEntry, StackFile } from "../project";

/** One door: a role in an account. */
export interface Door {
  readonly account: string;
  readonly accountId: string;
  readonly role: string;
}

const standardRoles = ["ReadOnly", "PowerUser", "OpsSudo"];

/** Every role in every account that the stack files name. */
export function doorsOf({ accounts, roles }: StackFile): readonly Door[] {
  const further = Object.keys(roles).filter(
    (role) => !standardRoles.includes(role),
  );
  return Object.entries(accounts).flatMap(([account, { id, roles: own }]) =>
    (own ?? [...standardRoles, ...further]).map((role) => ({
      account,
      accountId: id,
      role,
    })),
  );
}

/** Whether the stack files let the user through: by a grant to everybody, or to a team. */
export function isGranted(
  { everybody, teams, users }: StackFile,
  user: string,
  door: Door,
): boolean {
  const own = (users[user]?.teams ?? []).flatMap(
    (team) => teams[team]?.grants ?? [],
  );
  return [...everybody, ...own].some((grant) => covers(grant, door));
}

const covers = ({ roles, accounts }: GrantEntry, door: Door): boolean =>
  roles.includes(door.role) &&
  (accounts === "all" || accounts.includes(door.account));
