import type { IAM } from "@aws-sdk/client-iam";
import type { AccountClients } from "./clients";
import { readCredentials } from "./credentials";
import { readDetails } from "./details";
import { readExternalAccessAnalyzer } from "./access-analyzer";
import { ifThere } from "./if-there";
import type {
  LiveAccount,
  LiveIdentityProvider,
  Progress,
} from "./live-account";

/**
 * Reads all of an account's IAM. Calls are paged; how they are retried is up to the clients (see
 * `clients.ts`). What a user may sign in with takes some calls for each user, a few users at a
 * time. The credential report would be one call, but it may be four hours old.
 */
export async function readAccount(
  { iam, sts, accessAnalyzer }: AccountClients,
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
    rootHasVirtualMfa: await readRootHasVirtualMfa(iam, summary),
    identityProviders: await readIdentityProviders(iam),
    externalAccessAnalyzer: await readExternalAccessAnalyzer(accessAnalyzer),
    users: await readCredentials(iam, details.users, progress),
  };
}

async function readIdentityProviders(
  iam: IAM,
): Promise<readonly LiveIdentityProvider[]> {
  const { OpenIDConnectProviderList = [] } =
    await iam.listOpenIDConnectProviders();
  const found: LiveIdentityProvider[] = [];
  for (const { Arn: arn = "" } of OpenIDConnectProviderList) {
    const provider = await ifThere(
      iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: arn }),
    );
    if (provider === undefined) continue;
    found.push({ arn, audiences: provider.ClientIDList ?? [] });
  }
  const { SAMLProviderList = [] } = await iam.listSAMLProviders();
  const ofSaml = SAMLProviderList.map(({ Arn: arn = "" }) => ({
    arn,
    audiences: [],
  }));
  return [...found, ...ofSaml];
}

/** Root's device is told only where it is an app: any other is no virtual one. */
async function readRootHasVirtualMfa(
  iam: IAM,
  summary: LiveAccount["summary"],
): Promise<boolean> {
  if ((summary["AccountMFAEnabled"] ?? 0) === 0) return false;
  for await (const {
    VirtualMFADevices = [],
  } of iam.paginateListVirtualMFADevices({ AssignmentStatus: "Assigned" })) {
    if (VirtualMFADevices.some(({ User }) => User?.Arn?.endsWith(":root")))
      return true;
  }
  return false;
}
