import type { AccountRole } from "./assignments";
import type { ExpectedAccess } from "./expected";

/** What the config grants a user. */
export interface Granted {
  /** The same for users who are granted the same. */
  readonly key: string;
  readonly includes: (index: number) => boolean;
}

/** Reads the grants of each user, as places in the list of roles. */
export function grantsBy(
  { grants }: ExpectedAccess,
  roles: readonly AccountRole[],
): (user: string) => Granted {
  const nameOf = (account: string, role: string): string =>
    JSON.stringify([account, role]);
  const places = new Map(
    roles.map(({ account, role }, index) => [
      nameOf(account.name, role.name),
      index,
    ]),
  );
  const byUser = new Map<string, number[]>();
  grants.forEach(({ users }, index) => {
    for (const user of users) {
      const own = byUser.get(user);
      if (own) own.push(index);
      else byUser.set(user, [index]);
    }
  });
  const read = (own: readonly number[]): Granted => {
    const granted = new Set(
      own
        .flatMap((index) => grants[index] ?? [])
        .flatMap(({ role, accounts }) =>
          accounts.map((account) => places.get(nameOf(account, role))),
        ),
    );
    return { key: own.join(), includes: (index) => granted.has(index) };
  };
  return (user) => read(byUser.get(user) ?? []);
}
