import { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import { IAM, type IAMClientConfig } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { SNS } from "@aws-sdk/client-sns";
import { STS } from "@aws-sdk/client-sts";
import {
  fromTemporaryCredentials,
  fromTokenFile,
} from "@aws-sdk/credential-providers";
import { ownCredentials } from "./own-credentials";
import { newPatience } from "./patience";

/** Clients that act in the account, as whoever may read its IAM. */
export interface AccountClients {
  readonly iam: IAM;
  readonly sts: STS;
  readonly accessAnalyzer: AccessAnalyzer;
  readonly kmsIn: (region: string) => KMS;
  readonly snsIn: (region: string) => SNS;
}

/** How accounts are reached. */
export interface WayIn {
  readonly partition: string;
  readonly region: string;
  /** The role to take in each account; undefined: the caller's own credentials. */
  readonly role: string | undefined;
  /** A file with an OIDC token, with which the role is taken instead. */
  readonly tokenFile?: string | undefined;
  /** What CloudTrail calls the sessions in that role. */
  readonly sessionName: string;
  /** For the SDK's clients; what is left out the SDK finds by itself. */
  readonly client?: Pick<
    IAMClientConfig,
    "endpoint" | "credentials" | "requestHandler"
  >;
}

const settingsOf = ({ region, client = {} }: WayIn) => ({
  credentials: ownCredentials(),
  region,
  ...newPatience(),
  ...client,
});

/** They share the credentials that the first of them has found: a role is taken once for all. */
function clientsWith(settings: ReturnType<typeof settingsOf>): AccountClients {
  const iam = new IAM(settings);
  const shared = { ...settings, credentials: iam.config.credentials };
  return {
    iam,
    sts: new STS(shared),
    accessAnalyzer: new AccessAnalyzer(shared),
    kmsIn: (region) => new KMS({ ...shared, region }),
    snsIn: (region) => new SNS({ ...shared, region }),
  };
}

export const ownClients = (way: WayIn): AccountClients =>
  clientsWith(settingsOf(way));

/** Clients that act in the account, by the role where there is one. */
export function clientsIn(way: WayIn, accountId: string): AccountClients {
  const own = settingsOf(way);
  const { partition, role, sessionName, tokenFile } = way;
  if (role === undefined) return clientsWith(own);
  const { credentials, ...clientConfig } = own;
  const RoleArn = `arn:${partition}:iam::${accountId}:role/${role}`;
  return clientsWith({
    ...clientConfig,
    // The SDK asks again before the session ends.
    credentials:
      tokenFile === undefined
        ? fromTemporaryCredentials({
            masterCredentials: credentials,
            clientConfig,
            params: { RoleArn, RoleSessionName: sessionName },
          })
        : fromTokenFile({
            webIdentityTokenFile: tokenFile,
            roleArn: RoleArn,
            roleSessionName: sessionName,
            clientConfig,
          }),
  });
}
