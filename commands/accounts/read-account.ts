import type { AccountClients } from "./clients";
import { readCredentials } from "./credentials";
import { readDetails } from "./details";
import { ifThere } from "./if-there";
import type { LiveAccount, Progress } from "./live-account";

/**
 * Reads all of an account's IAM. Calls are paged; how they are retried is up to the clients (see
 * `clients.ts`). What a user may sign in with takes some calls for each user, a few users at a
 * time. The credential report would be one call, but it may be four hours old.
 */
export async function readAccount(
  { iam, sts }: AccountClients,
  progress?: Progress,
  policyArns: readonly string[] = [],
): Promise<LiveAccount> {
  const { Account: accountId = "", Arn: caller = "" } =
    await sts.getCallerIdentity();
  const details = await readDetails(iam, policyArns, progress);
  const { SummaryMap: summary = {} } = await iam.getAccountSummary();
  // An account has one alias at most.
  const { AccountAliases: [alias] = [] } = await iam.listAccountAliases();
  const policy = await ifThere(iam.getAccountPasswordPolicy());
  return {
    ...details,
    accountId,
    partition: caller.split(":")[1] ?? "aws",
    alias,
    passwordPolicy: policy?.PasswordPolicy,
    summary,
    users: await readCredentials(iam, details.users, progress),
  };
}
