import awsAccounts from "../data/aws-accounts.json";
import type { Document } from "./document";

/** AWS's own accounts that the document names: services deliver to a bucket or a topic from there. */
export function awsAccountsIn(
  { statements }: Document,
  partition: string,
): readonly string[] {
  const text = JSON.stringify(statements);
  return awsAccounts.services
    .map(({ accounts }) => accounts as Partial<Record<string, object>>)
    .flatMap((accounts) => Object.values(accounts[partition] ?? {}) as string[])
    .filter((account) => text.includes(account));
}
