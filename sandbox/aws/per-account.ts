import type { Account } from "./model";

/** What an account became of which this is an earlier state. */
const nowOf = new WeakMap<Account, Account>();

/** What a service outside IAM keeps for each account, empty at first. */
export function perAccount<T>(make: () => T): (account: Account) => T {
  const kept = new WeakMap<Account, T>();
  return (account) => {
    const key = nowOf.get(account) ?? account;
    const known = kept.get(key) ?? make();
    kept.set(key, known);
    return known;
  };
}

/** For a copy of what IAM keeps: whatever else is kept for the account is the same. */
export function isEarlierStateOf(copy: Account, account: Account): void {
  nowOf.set(copy, account);
}
