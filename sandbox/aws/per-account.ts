import type { Account } from "./model";

/** What a service outside IAM keeps for each account, empty at first. */
export function perAccount<T>(make: () => T): (account: Account) => T {
  const kept = new WeakMap<Account, T>();
  return (account) => {
    const known = kept.get(account) ?? make();
    kept.set(account, known);
    return known;
  };
}
