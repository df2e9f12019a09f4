import type { IAM } from "@aws-sdk/client-iam";
import type { AccountClients } from "./clients";
import { readCredentials } from "./credentials";
import { readDetails } from "./details";
import { readExternalAccessAnalyzer } from "./access-analyzer";
import { ifThere } from "./if-there";
import type {
  AccountPart,
  LiveAccount,
  LiveIdentityProvider,
  Progress,
} from "./live-account";
import { wholePages } from "./whole-pages";

/**
 * Reads all of an account's IAM. Calls are paged; how they are retried is up to the clients (see
 * `clients.ts`). What a user may sign in with takes some calls for each user, a few users at a
 * time. The credential report would be one call, but it may be four hours old.
 *
 * @param isLeftOut told of a part that can't be read, and whether the rest is read all the same
 */
export async function readAccount(
  { iam, sts, accessAnalyzer }: AccountClients,
  progress?: Progress,
  policyArns: readonly string[] = [],
  isLeftOut: (part: AccountPart, error: unknown) => boolean = () => false,
): Promise<LiveAccount> {
  const unreadParts = new Set<AccountPart>();
  const partly = async <T>(
    part: AccountPart,
    read: () => Promise<T>,
    otherwise: T,
  ): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (!isLeftOut(part, error)) throw error;
      unreadParts.add(part);
      return otherwise;
    }
  };
  const { Account: accountId = "", Arn: caller = "" } =
    await sts.getCallerIdentity();
  const details = await readDetails(iam, policyArns, progress);
  const { summary, rootHasVirtualMfa } = await partly(
    "root",
    () => readRoot(iam),
    { summary: {}, rootHasVirtualMfa: false },
  );
  // An account has one alias at most.
  const [alias] = await partly("the alias", () => readAliases(iam), []);
  const policy = await partly(
    "the password policy",
    () => ifThere(iam.getAccountPasswordPolicy()),
    undefined,
  );
  const identityProviders = await partly(
    "the identity providers",
    () => readIdentityProviders(iam),
    [],
  );
  return {
    ...details,
    accountId,
    partition: caller.split(":")[1] ?? "aws",
    alias,
    passwordPolicy: policy?.PasswordPolicy,
    summary,
    rootHasVirtualMfa,
    identityProviders,
    externalAccessAnalyzer: await readExternalAccessAnalyzer(accessAnalyzer),
    users: await readCredentials(iam, details.users, progress),
    ...(unreadParts.size === 0 ? {} : { unreadParts }),
  };
}

async function readAliases(iam: IAM): Promise<readonly string[]> {
  const { AccountAliases = [] } = await iam.listAccountAliases();
  return AccountAliases;
}

async function readRoot(
  iam: IAM,
): Promise<Pick<LiveAccount, "summary" | "rootHasVirtualMfa">> {
  const { SummaryMap: summary = {} } = await iam.getAccountSummary();
  const rootHasVirtualMfa = await readRootHasVirtualMfa(iam, summary);
  return { summary, rootHasVirtualMfa };
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
  const devices = iam.paginateListVirtualMFADevices({
    AssignmentStatus: "Assigned",
  });
  for await (const { VirtualMFADevices = [] } of wholePages(devices)) {
    if (VirtualMFADevices.some(({ User }) => User?.Arn?.endsWith(":root")))
      return true;
  }
  return false;
}
