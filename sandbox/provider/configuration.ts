import { readFileSync } from "node:fs";
import { IAM } from "@aws-sdk/client-iam";
import { STS, type Credentials as GivenCredentials } from "@aws-sdk/client-sts";
import {
  readArguments,
  secondsOf,
  type AssumedRole,
  type ProviderArguments,
  type WebIdentity,
} from "./arguments";
import { credentialsOf, type Credentials } from "../signed-request";
import { toldError } from "./errors";
import type { ConnectedAccount, TagRules } from "./account";
import type { Properties } from "./properties";
import { clientRetries } from "./retries";
import { serviceCalls } from "./service-calls";
import { awsTags } from "./tags";

/** Where AWS is, and the credentials of the deployment, which a provider has unless it is given others. */
export interface DeploymentAccess extends Credentials {
  readonly endpoint: string;
}

/**
 * What the real provider does before its first resource: takes the roles, one from the other, and
 * makes sure of the account.
 *
 * @throws Error in the real provider's words when the account is not an allowed one.
 */
export async function connect(
  access: DeploymentAccess,
  args: Properties,
): Promise<ConnectedAccount> {
  const read = readArguments(args);
  const { region, endpoints, assumeRoleWithWebIdentity: byToken } = read;
  const stsAs = (own?: Credentials) =>
    new STS({
      region,
      endpoint: endpoints.sts ?? access.endpoint,
      ...clientRetries(),
      ...(own ? { credentials: own } : {}),
    });
  let credentials =
    byToken?.roleArn === undefined
      ? ownKeys(access, read)
      : await credentialsFrom(
          takeRoleByToken(stsAs(), byToken),
          "IAM Role with web identity",
          byToken,
        );
  for (const role of read.assumeRoles) {
    const taken = takeRole(stsAs(credentials), role);
    credentials = await credentialsFrom(taken, "IAM Role", role);
  }
  const sts = stsAs(credentials);
  const identity = await callerOf(sts, read);
  checkAccount(identity.accountId, read);
  const endpoint = endpoints.iam ?? access.endpoint;
  return {
    ...identity,
    region,
    sts,
    iam: new IAM({ region, endpoint, credentials, ...clientRetries() }),
    servicesIn: (inRegion) =>
      serviceCalls(access.endpoint, credentials, inRegion),
    tagRules: tagRulesOf(read),
  };
}

/** The keys that the program gives, or else those of the deployment. */
const ownKeys = (
  { accessKeyId, secretAccessKey, sessionToken }: DeploymentAccess,
  { accessKey, secretKey, token }: ProviderArguments,
): Credentials =>
  accessKey === undefined || secretKey === undefined
    ? {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken ? { sessionToken } : {}),
      }
    : {
        accessKeyId: accessKey,
        secretAccessKey: secretKey,
        ...(token === undefined ? {} : { sessionToken: token }),
      };

const takeRole = (sts: STS, role: AssumedRole) =>
  sts.assumeRole({
    ...sessionOf(role),
    ExternalId: role.externalId,
    Policy: role.policy,
    PolicyArns: role.policyArns?.map((arn) => ({ arn })),
    SourceIdentity: role.sourceIdentity,
    Tags: awsTags(role.tags ?? {}),
    TransitiveTagKeys: role.transitiveTagKeys,
  });

const takeRoleByToken = async (sts: STS, role: WebIdentity) =>
  sts.assumeRoleWithWebIdentity({
    ...sessionOf(role),
    WebIdentityToken:
      role.webIdentityToken ??
      readFileSync(role.webIdentityTokenFile ?? "", "utf8").trim(),
  });

const sessionOf = ({
  roleArn,
  sessionName = `pulumi-${Date.now()}`,
  duration,
}: AssumedRole | WebIdentity) => ({
  RoleArn: roleArn,
  RoleSessionName: sessionName,
  DurationSeconds: duration === undefined ? undefined : secondsOf(duration),
});

/** Credentials from an answer of STS, or the real provider's words for its refusal. */
async function credentialsFrom(
  answer: Promise<{ readonly Credentials?: GivenCredentials | undefined }>,
  how: string,
  { roleArn = "" }: AssumedRole | WebIdentity,
): Promise<Credentials> {
  try {
    return credentialsOf((await answer).Credentials);
  } catch (error) {
    throw new Error(
      `Cannot assume ${how}. IAM Role (${roleArn}) cannot be assumed: ${toldError(error)}`,
      { cause: error },
    );
  }
}

async function callerOf(sts: STS, args: ProviderArguments) {
  if (args.skipCredentialsValidation && args.skipRequestingAccountId) {
    return { accountId: "", partition: "aws" };
  }
  try {
    const { Account = "", Arn = "" } = await sts.getCallerIdentity();
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
  ignoreTags: { keys, keyPrefixes },
}: ProviderArguments): TagRules => ({
  defaults: defaultTags.tags,
  ignored: (key) =>
    keys.includes(key) || keyPrefixes.some((prefix) => key.startsWith(prefix)),
});
