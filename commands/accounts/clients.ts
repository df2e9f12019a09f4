import { IAM, type IAMClientConfig } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";

/** Clients that act in the account, as whoever may read its IAM. */
export interface AccountClients {
  readonly iam: IAM;
  readonly sts: STS;
}

/** How accounts are reached. */
export interface WayIn {
  readonly partition: string;
  readonly region: string;
  /** The role to take in each account; undefined: the caller's own credentials. */
  readonly deploymentRole: string | undefined;
  /** What CloudTrail calls the sessions in that role. */
  readonly sessionName: string;
  /** For the SDK's clients; left out: what the SDK finds by itself. */
  readonly client?: Pick<IAMClientConfig, "endpoint" | "credentials">;
}

/**
 * IAM throttles by account. Adaptive: the SDK slows down by itself when AWS asks for it, and tries
 * again with growing pauses.
 */
const patience = { retryMode: "adaptive", maxAttempts: 10 } as const;

export function ownClients({ region, client = {} }: WayIn): AccountClients {
  const settings = { region, ...client, ...patience };
  return { iam: new IAM(settings), sts: new STS(settings) };
}

/** Clients that act in the account, by the deployment role where there is one. */
export function clientsIn(way: WayIn, accountId: string): AccountClients {
  const own = ownClients(way);
  if (way.deploymentRole === undefined) return own;
  // The SDK asks again before the session ends.
  const credentials = () => assumeRole(own.sts, way, accountId);
  return ownClients({ ...way, client: { ...way.client, credentials } });
}

async function assumeRole(
  sts: STS,
  { partition, deploymentRole = "", sessionName }: WayIn,
  accountId: string,
) {
  const { Credentials: given } = await sts.assumeRole({
    RoleArn: `arn:${partition}:iam::${accountId}:role/${deploymentRole}`,
    RoleSessionName: sessionName,
  });
  return {
    accessKeyId: given?.AccessKeyId ?? "",
    secretAccessKey: given?.SecretAccessKey ?? "",
    sessionToken: given?.SessionToken ?? "",
    ...(given?.Expiration && { expiration: given.Expiration }),
  };
}
