import { IAMClient } from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
  type STSClientConfig,
} from "@aws-sdk/client-sts";
import type { ConnectedAccount, Properties } from "./resource";

/** Where AWS is, and the credentials that lie around there. */
export interface Surroundings {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface AssumedRole {
  readonly roleArn?: string;
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly durationSeconds?: number;
}

/** A provider's arguments; nested ones cross as JSON. */
function argument(args: Properties, name: string): unknown {
  const value = args[name];
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
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
  const region =
    typeof args["region"] === "string" ? args["region"] : "us-east-1";
  const shared = { endpoint: surroundings.endpoint, region };
  let credentials = ownCredentials(surroundings, args);
  const roles = (argument(args, "assumeRoles") ?? []) as readonly AssumedRole[];
  for (const role of roles) {
    credentials = await takeRole({ ...shared, credentials }, role);
  }
  const sts = new STSClient({ ...shared, credentials });
  const { Account: accountId = "" } = await sts.send(
    new GetCallerIdentityCommand(),
  );
  checkAccount(accountId, args);
  const { tags = {} } = (argument(args, "defaultTags") ?? {}) as {
    readonly tags?: Readonly<Record<string, string>>;
  };
  return {
    accountId,
    iam: new IAMClient({ ...shared, credentials }),
    defaultTags: tags,
  };
}

function ownCredentials(
  surroundings: Surroundings,
  args: Properties,
): Credentials {
  const { accessKey, secretKey, token } = args;
  if (typeof accessKey !== "string" || typeof secretKey !== "string") {
    const { accessKeyId, secretAccessKey } = surroundings;
    return { accessKeyId, secretAccessKey };
  }
  return {
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    ...(typeof token === "string" ? { sessionToken: token } : {}),
  };
}

async function takeRole(
  config: STSClientConfig,
  role: AssumedRole,
): Promise<Credentials> {
  try {
    const { Credentials: given } = await new STSClient(config).send(
      new AssumeRoleCommand({
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? "pulumi",
        ExternalId: role.externalId,
        DurationSeconds: role.durationSeconds,
      }),
    );
    return {
      accessKeyId: given?.AccessKeyId ?? "",
      secretAccessKey: given?.SecretAccessKey ?? "",
      sessionToken: given?.SessionToken ?? "",
    };
  } catch (error) {
    throw new Error(
      `Cannot assume IAM Role. IAM Role (${role.roleArn ?? ""}) cannot be assumed: ${messageOf(error)}`,
    );
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

function checkAccount(accountId: string, args: Properties): void {
  const allowed = argument(args, "allowedAccountIds") as
    readonly string[] | undefined;
  const forbidden = argument(args, "forbiddenAccountIds") as
    readonly string[] | undefined;
  if (
    (allowed && !allowed.includes(accountId)) ||
    forbidden?.includes(accountId)
  ) {
    throw new Error(`AWS account ID not allowed: ${accountId}`);
  }
}
