import { clientsIn, type AccountClients } from "../accounts/clients";
import type { ExportedResource } from "../stacks/exported-stack";

/** An account, as one of the stack's providers reaches it. */
export interface ProviderAccount {
  readonly accountId: string;
  readonly partition: string;
  readonly clients: AccountClients;
}

/** What the account is reached by, in the place of what the provider says. */
export interface OtherWay {
  readonly role: string | undefined;
  /** A file with an OIDC token, with which the role is taken. */
  readonly tokenFile: string | undefined;
}

interface TakenRole {
  readonly roleArn?: string;
  readonly webIdentityTokenFile?: string;
}

/**
 * The account of a provider in the state: reached by the role that the deployment took, so that nothing
 * is looked up in another account.
 *
 * @throws Error for a provider that is not held to one account.
 */
export function accountOfProvider(
  { urn, inputs = {} }: ExportedResource,
  other: OtherWay,
): ProviderAccount {
  const [accountId] = (read(inputs["allowedAccountIds"]) ??
    []) as readonly string[];
  const region = inputs["region"];
  if (accountId === undefined || typeof region !== "string") {
    throw new Error(
      `the provider ${urn} names no account and region, so nothing can be looked up by it. Fix: deploy with the program's own providers.`,
    );
  }
  const byToken = read(inputs["assumeRoleWithWebIdentity"]) as
    TakenRole | undefined;
  const [byKeys] = (read(inputs["assumeRoles"]) ?? []) as readonly TakenRole[];
  const taken = byToken ?? byKeys;
  const partition = taken?.roleArn?.split(":")[1] ?? partitionOf(region);
  const way = {
    partition,
    region,
    role: other.role ?? taken?.roleArn?.split(":role/")[1],
    tokenFile: other.tokenFile ?? byToken?.webIdentityTokenFile,
    sessionName: "bastion-account-recover",
  };
  return { accountId, partition, clients: clientsIn(way, accountId) };
}

/** Lists and maps are JSON in a provider's inputs. */
const read = (input: unknown): unknown =>
  typeof input === "string" ? JSON.parse(input) : input;

/** Source: AWS General Reference, "Amazon Resource Names". */
const partitionOf = (region: string): string => {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("cn-") ? "aws-cn" : "aws";
};
