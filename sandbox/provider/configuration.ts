import { readFileSync } from "node:fs";
import { IAMClient } from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
  type Credentials as GivenCredentials,
  type STSClientConfig,
} from "@aws-sdk/client-sts";
import {
  readArguments,
  secondsOf,
  type AssumedRole,
  type ProviderArguments,
  type WebIdentity,
} from "./arguments";
import type { Credentials } from "./credentials";
import { toldError } from "./errors";
import type { ConnectedAccount, TagRules } from "./account";
import type { Properties } from "./properties";
import { serviceCalls } from "./service-calls";

/** Where AWS is, and the credentials that lie around there. */
export interface Surroundings {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * What the real provider does before its first resource: takes the roles, one from the other, and
 * makes sure of the account.
 *
 * @throws Error in the real provider's words when the account is not an allowed one.
 */
export async function connect(
  surroundings: Surroundings,
  args: Properties,
): Promise<ConnectedAccount> {
  const read = readArguments(args);
  const { region, endpoints } = read;
  const at = (endpoint: string | undefined) => ({
    region,
    endpoint: endpoint ?? surroundings.endpoint,
  });
  let credentials: Credentials =
    read.webIdentity === undefined
      ? (read.keys ?? ownIdentity(surroundings))
      : await takeRoleByToken(at(endpoints.sts), read.webIdentity);
  for (const role of read.assumeRoles) {
    credentials = await takeRole({ ...at(endpoints.sts), credentials }, role);
  }
  const sts = new STSClient({ ...at(endpoints.sts), credentials });
  const identity = await callerOf(sts, read);
  checkAccount(identity.accountId, read);
  return {
    ...identity,
    region,
    sts,
    iam: new IAMClient({ ...at(endpoints.iam), credentials }),
    services: serviceCalls(surroundings.endpoint, credentials),
    tagRules: tagRulesOf(read),
  };
}

const ownIdentity = ({ accessKeyId, secretAccessKey }: Surroundings) => ({
  accessKeyId,
  secretAccessKey,
});

async function takeRole(
  config: STSClientConfig,
  role: AssumedRole,
): Promise<Credentials> {
  try {
    const { Credentials: given } = await new STSClient(config).send(
      new AssumeRoleCommand({
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? `pulumi-${Date.now()}`,
        ExternalId: role.externalId,
        DurationSeconds:
          role.duration === undefined ? undefined : secondsOf(role.duration),
        Policy: role.policy,
        PolicyArns: role.policyArns?.map((arn) => ({ arn })),
        SourceIdentity: role.sourceIdentity,
        Tags: Object.entries(role.tags ?? {}).map(([Key, Value]) => ({
          Key,
          Value,
        })),
        TransitiveTagKeys: role.transitiveTagKeys?.slice(),
      }),
    );
    return credentialsOf(given);
  } catch (error) {
    throw new Error(
      `Cannot assume IAM Role. IAM Role (${role.roleArn ?? ""}) cannot be assumed: ${toldError(error)}`,
      { cause: error },
    );
  }
}

async function takeRoleByToken(
  config: STSClientConfig,
  role: WebIdentity,
): Promise<Credentials> {
  try {
    const { Credentials: given } = await new STSClient(config).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? `pulumi-${Date.now()}`,
        WebIdentityToken:
          role.webIdentityToken ??
          readFileSync(role.webIdentityTokenFile ?? "", "utf8").trim(),
        DurationSeconds:
          role.duration === undefined ? undefined : secondsOf(role.duration),
      }),
    );
    return credentialsOf(given);
  } catch (error) {
    throw new Error(
      `Cannot assume IAM Role with web identity. IAM Role (${role.roleArn ?? ""}) cannot be assumed: ${toldError(error)}`,
      { cause: error },
    );
  }
}

const credentialsOf = (given: GivenCredentials | undefined): Credentials => ({
  accessKeyId: given?.AccessKeyId ?? "",
  secretAccessKey: given?.SecretAccessKey ?? "",
  sessionToken: given?.SessionToken ?? "",
});

async function callerOf(sts: STSClient, args: ProviderArguments) {
  if (args.skipCredentialsValidation && args.skipRequestingAccountId) {
    return { accountId: "", partition: "aws" };
  }
  try {
    const { Account = "", Arn = "" } = await sts.send(
      new GetCallerIdentityCommand(),
    );
    return {
      accountId: args.skipRequestingAccountId ? "" : Account,
      partition: Arn.split(":")[1] ?? "aws",
    };
  } catch (error) {
    throw new Error(
      `unable to validate AWS credentials. Details: ${toldError(error)}`,
      { cause: error },
    );
  }
}

function checkAccount(
  accountId: string,
  { allowedAccountIds, forbiddenAccountIds }: ProviderArguments,
): void {
  const allowed =
    allowedAccountIds.length === 0 || allowedAccountIds.includes(accountId);
  if (allowed && !forbiddenAccountIds.includes(accountId)) return;
  throw new Error(`AWS account ID not allowed: ${accountId}`);
}

const tagRulesOf = ({
  defaultTags,
  ignoredTags: { keys, keyPrefixes },
}: ProviderArguments): TagRules => ({
  defaults: defaultTags,
  ignored: (key) =>
    keys.includes(key) || keyPrefixes.some((prefix) => key.startsWith(prefix)),
});
