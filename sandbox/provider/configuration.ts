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
import type { Credentials } from "../signed-request";
import { toldError } from "./errors";
import type { ConnectedAccount, TagRules } from "./account";
import type { Properties } from "./properties";
import { serviceCalls } from "./service-calls";
import { awsTags } from "./tags";

/** Where AWS is, and the keys of the deployment, which a provider has unless it is given others. */
export interface DeploymentAccess {
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
  access: DeploymentAccess,
  args: Properties,
): Promise<ConnectedAccount> {
  const read = readArguments(args);
  const { region, endpoints } = read;
  const at = (endpoint: string | undefined) => ({
    region,
    endpoint: endpoint ?? access.endpoint,
  });
  let credentials: Credentials =
    read.webIdentity === undefined
      ? (read.keys ?? ownIdentity(access))
      : await credentialsFrom(
          takeRoleByToken(new STS(at(endpoints.sts)), read.webIdentity),
          "IAM Role with web identity",
          read.webIdentity,
        );
  const stsAs = (own: Credentials) =>
    new STS({ ...at(endpoints.sts), credentials: own });
  for (const role of read.assumeRoles) {
    credentials = await credentialsFrom(
      takeRole(stsAs(credentials), role),
      "IAM Role",
      role,
    );
  }
  const sts = stsAs(credentials);
  const identity = await callerOf(sts, read);
  checkAccount(identity.accountId, read);
  return {
    ...identity,
    region,
    sts,
    iam: new IAM({ ...at(endpoints.iam), credentials }),
    servicesIn: (inRegion) =>
      serviceCalls(access.endpoint, credentials, inRegion),
    tagRules: tagRulesOf(read),
  };
}

const ownIdentity = ({ accessKeyId, secretAccessKey }: DeploymentAccess) => ({
  accessKeyId,
  secretAccessKey,
});

async function takeRole(
  sts: STS,
  role: AssumedRole,
): Promise<GivenCredentials | undefined> {
  const { Credentials: given } = await sts.assumeRole({
    ...sessionOf(role),
    ExternalId: role.externalId,
    Policy: role.policy,
    PolicyArns: role.policyArns?.map((arn) => ({ arn })),
    SourceIdentity: role.sourceIdentity,
    Tags: awsTags(role.tags ?? {}),
    TransitiveTagKeys: role.transitiveTagKeys?.slice(),
  });
  return given;
}

async function takeRoleByToken(
  sts: STS,
  role: WebIdentity,
): Promise<GivenCredentials | undefined> {
  const { Credentials: given } = await sts.assumeRoleWithWebIdentity({
    ...sessionOf(role),
    WebIdentityToken:
      role.webIdentityToken ??
      readFileSync(role.webIdentityTokenFile ?? "", "utf8").trim(),
  });
  return given;
}

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
  answer: Promise<GivenCredentials | undefined>,
  how: string,
  { roleArn = "" }: AssumedRole | WebIdentity,
): Promise<Credentials> {
  try {
    const given = await answer;
    return {
      accessKeyId: given?.AccessKeyId ?? "",
      secretAccessKey: given?.SecretAccessKey ?? "",
      sessionToken: given?.SessionToken ?? "",
    };
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
  ignoredTags: { keys, keyPrefixes },
}: ProviderArguments): TagRules => ({
  defaults: defaultTags,
  ignored: (key) =>
    keys.includes(key) || keyPrefixes.some((prefix) => key.startsWith(prefix)),
});
