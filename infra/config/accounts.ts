import type { z } from "zod";
import type { ConfigReader, Entries } from "./reader";
import * as schema from "./schema";

/** What config calls the account whose id has a key of its own. */
const onlyAccount = "workload";

/** The workload accounts: those of `accounts`, or the one that `workloadAccountId` has. */
export function readAccounts(
  reader: ConfigReader,
): Entries<z.infer<typeof schema.account>> {
  const several = reader.entries(
    "accounts",
    () => schema.account,
    schema.accountName,
  );
  const id = reader.text("workloadAccountId", schema.accountId);
  if (id === undefined) {
    // A wrong one is not a missing one too.
    return reader.hasProblem("workloadAccountId")
      ? { valid: several.valid, names: [...several.names, onlyAccount] }
      : several;
  }
  if (several.names.length > 0) {
    reader.report(
      "workloadAccountId",
      `${id}, beside accounts with ${several.names.join(", ")}`,
      `one of the two: accounts, or the id of one account alone, which is then called ${onlyAccount}`,
    );
  }
  return {
    valid: new Map([[onlyAccount, schema.account.parse({ id })]]),
    names: [onlyAccount],
  };
}
