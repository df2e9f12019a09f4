import type { GrantEntry, StackFile } from "../project";

/** One assignment: a role in an account. */
export interface Assignment {
  readonly account: string;
  readonly accountId: string;
  readonly role: string;
}

const standardRoles = ["ReadOnly", "PowerUser", "OpsSudo"];

/** Every role in every account that the stack files name. */
export function assignmentsOf({
  accounts,
  roles,
}: StackFile): readonly Assignment[] {
  const further = Object.keys(roles).filter(
    (role) => !standardRoles.includes(role),
  );
  return Object.entries(accounts).flatMap(([account, { id, roles: own }]) =>
    (own ?? [...standardRoles, ...further])
      // No person takes those.
      .filter((role) => roles[role]?.trust === undefined)
      .map((role) => ({ account, accountId: id, role })),
  );
}

/** Seconds: how old MFA may be, where the stack files don't say. */
const usualAges = { standing: 43_200, administering: 3_600 } as const;

/** Whether a role still opens so many seconds after MFA was given. */
export function isYoungEnough(
  { roles }: StackFile,
  role: string,
  seconds: number,
): boolean {
  const { standing, administering } = usualAges;
  const usual = role === "OpsSudo" ? administering : standing;
  const most = roles[role]?.mfaMaxAgeSeconds ?? usual;
  return most === "none" || seconds < most;
}

/** Whether users may still change their own devices and keys. */
export const mayChangeKeys = (
  { selfService }: StackFile,
  seconds: number,
): boolean =>
  seconds < (selfService.mfaMaxAgeSeconds ?? usualAges.administering);

/** Whether the stack files let the user through: by a grant to everybody, or to a team. */
export function isGranted(
  { everybody, teams, users }: StackFile,
  user: string,
  assignment: Assignment,
): boolean {
  const own = (users[user]?.teams ?? []).flatMap(
    (team) => teams[team]?.grants ?? [],
  );
  return [...everybody, ...own].some((grant) => covers(grant, assignment));
}

const covers = (
  { roles, accounts }: GrantEntry,
  assignment: Assignment,
): boolean =>
  roles.includes(assignment.role) &&
  (accounts === "all" || accounts.includes(assignment.account));
