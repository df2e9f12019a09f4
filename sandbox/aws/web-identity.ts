import {
  createValidatedPolicy,
  validateTrustPolicy,
} from "@cloud-copilot/iam-policy";
import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import { accountOf, iamArn, sessionArn } from "./arn";
import { identityProviderArn } from "./iam/identity-providers";
import type { Cloud, IdentityProvider } from "./model";
import { AwsError, type Parameters, type Result } from "./operation";
import { matching, required, wholeNumber } from "./parameters";
import { describeCredentials, openSession } from "./sessions";
import { readToken, type TokenClaims } from "./tokens";

export const webIdentityAction = "AssumeRoleWithWebIdentity";

/**
 * Takes a role with a token of an identity provider. Nobody signs this request: the token is the
 * proof, and the role's trust policy alone decides.
 */
export function assumeRoleWithWebIdentity(
  cloud: Cloud,
  parameters: Parameters,
): Result {
  const claims = readToken(
    required(parameters, "WebIdentityToken"),
    cloud.now(),
  );
  const arn = required(parameters, "RoleArn");
  const account = cloud.accounts.get(accountOf(arn));
  const role = account?.roles.get(arn.split("/").at(-1) ?? "");
  if (!account || !role || iamArn(cloud, account.id, "role", role) !== arn) {
    throw refused();
  }
  const host = claims.iss.replace(/^https:\/\//, "");
  const provider = account.identityProviders.get(
    identityProviderArn(cloud, account, host),
  );
  if (!provider) {
    throw new AwsError(
      "InvalidIdentityToken",
      `No OpenIDConnect provider found in your account for ${claims.iss}`,
    );
  }
  if (!provider.audiences.has(claims.aud)) {
    throw new AwsError("InvalidIdentityToken", "Incorrect token audience");
  }
  if (!isTrusted(provider, claims, arn, role.trustPolicy.parsed)) {
    throw refused();
  }
  const name = matching(parameters, "RoleSessionName", /^[\w+=,.@-]{2,64}$/);
  const session = openSession(
    cloud,
    account.id,
    { kind: "role", roleName: role.name, sessionName: name },
    wholeNumber(
      parameters,
      "DurationSeconds",
      { least: 900, most: role.maxSessionDuration },
      3_600,
    ),
  );
  return {
    Credentials: describeCredentials(session),
    AssumedRoleUser: {
      AssumedRoleId: `${role.id}:${name}`,
      Arn: sessionArn(cloud, account.id, role.name, name),
    },
    Provider: provider.arn,
    Audience: claims.aud,
    SubjectFromWebIdentityToken: claims.sub,
  };
}

const refused = (): AwsError =>
  new AwsError(
    "AccessDenied",
    `Not authorized to perform sts:${webIdentityAction}`,
    403,
  );

/** "Unsafe" takes the keys as they are: the other way drops those of identity providers. */
function isTrusted(
  { arn, host }: IdentityProvider,
  { aud, sub }: TokenClaims,
  roleArn: string,
  trust: unknown,
): boolean {
  const result = runUnsafeSimulation(
    {
      request: {
        principal: arn,
        action: `sts:${webIdentityAction}`,
        resource: { resource: roleArn, accountId: accountOf(roleArn) },
        contextVariables: { [`${host}:aud`]: aud, [`${host}:sub`]: sub },
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: createValidatedPolicy(trust, validateTrustPolicy, {
        name: "trust",
      }),
    },
    {},
  );
  return result === "Allowed";
}
