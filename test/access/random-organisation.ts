import fc from "fast-check";

/** What everybody and each team may take, and who is in which team: any of it. */
export interface RandomOrganisation {
  readonly everybody: readonly RandomGrant[];
  readonly teams: Readonly<
    Record<string, { readonly grants: readonly RandomGrant[] }>
  >;
  readonly users: Readonly<
    Record<
      string,
      {
        readonly teams: readonly string[];
        readonly programmaticAccess: boolean;
      }
    >
  >;
}

interface RandomGrant {
  readonly roles: readonly string[];
  readonly accounts: "all" | readonly string[];
}

const roleNames = ["PowerUser", "OpsSudo", "ReadOnly", "Analyst"];
const teamNames = ["red", "green", "blue"];
const userNames = ["ada", "bashir", "chen", "dolores"];

const byName = <T>(names: readonly string[], value: fc.Arbitrary<T>) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])));

/** Organisations whose grants are about these accounts. */
export function randomOrganisation(
  accountNames: readonly string[],
): fc.Arbitrary<RandomOrganisation> {
  const grant = fc.record({
    roles: fc.subarray(roleNames, { minLength: 1 }),
    accounts: fc.oneof(
      fc.constant("all" as const),
      fc.subarray([...accountNames], { minLength: 1 }),
    ),
  });
  return fc.record({
    everybody: fc.array(grant, { maxLength: 1 }),
    teams: byName(
      teamNames,
      fc.record({ grants: fc.array(grant, { maxLength: 2 }) }),
    ),
    users: byName(
      userNames,
      fc.record({
        teams: fc.subarray(teamNames),
        programmaticAccess: fc.boolean(),
      }),
    ),
  });
}

/** Who should reach what, read from the grants in the plainest way. */
export const isGranted = (
  { everybody, teams, users }: RandomOrganisation,
  user: string,
  account: string,
  role: string,
): boolean =>
  [
    ...everybody,
    ...(users[user]?.teams ?? []).flatMap((team) => teams[team]?.grants ?? []),
  ].some(
    ({ roles, accounts }) =>
      roles.includes(role) &&
      (accounts === "all" || accounts.includes(account)),
  );
