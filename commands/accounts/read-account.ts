import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { AccountClients } from "./clients";
import { readCredentials } from "./credentials";
import { readDetails } from "./details";
import type { LiveAccount, ReadOptions } from "./live-account";
import { readSettings } from "./settings";

/**
 * Reads all of an account's IAM. Calls are paged; how they are retried is up to the clients (see
 * `clients.ts`). What a user may sign in with takes some calls for each user, a few users at a
 * time. The credential report would be one call, but it may be four hours old.
 */
export async function readAccount(
  { iam, sts }: AccountClients,
  options: ReadOptions = {},
): Promise<LiveAccount> {
  const identity = await sts.send(new GetCallerIdentityCommand({}));
  const { Account: accountId = "", Arn: caller = "" } = identity;
  const details = await readDetails(iam, options);
  const settings = await readSettings(iam);
  const users = await readCredentials(iam, details.users, options);
  return {
    accountId,
    partition: caller.split(":")[1] ?? "aws",
    ...settings,
    users,
    groups: details.groups,
    roles: details.roles,
    managedPolicies: details.managedPolicies,
  };
}
