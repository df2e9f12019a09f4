import awsAccounts from "../data/aws-accounts.json";
import type { Document } from "./document";

/** AWS's own accounts that the document names: services deliver to a bucket or a topic from there. */
export function awsAccountsIn(
  { statements }: Document,
  partition: string,
): readonly string[] {
  const named = JSON.stringify(statements).match(account) ?? [];
  return named.filter((one) => ofAws.get(partition)?.has(one) === true);
}

const account = /(?<!\d)\d{12}(?!\d)/g;

/** By partition. */
const ofAws = new Map<string, Set<string>>();
for (const { accounts } of awsAccounts.services) {
  for (const [partition, byRegion] of Object.entries<object>(accounts)) {
    const known = ofAws.get(partition) ?? new Set();
    ofAws.set(partition, known);
    for (const one of Object.values(byRegion) as string[]) known.add(one);
  }
}
