import {
  createValidatedPolicy,
  validateTrustPolicy,
} from "@cloud-copilot/iam-policy";
import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import { accountOf } from "./arn";
import { identityProviderArn } from "./iam/identity-providers";
import type { Cloud, IdentityProvider } from "./model";
import { AwsError } from "./errors";
import type { Result } from "./operation";
import type { Parameters } from "./parameters";
import { openRoleSession, roleAt, sessionNameIn } from "./role-sessions";
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
    parameters.required("WebIdentityToken"),
    cloud.now(),
  );
  const arn = parameters.required("RoleArn");
  const target = roleAt(cloud, arn);
  if (!target) throw refused();
  const { account, role } = target;
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
  const bounds = { least: 900, most: role.maxSessionDuration };
  const seconds = parameters.wholeNumber("DurationSeconds", bounds, 3_600);
  const sessionName = sessionNameIn(parameters);
  return {
    ...openRoleSession(cloud, target, seconds, { sessionName }),
    Provider: provider.arn,
    Audience: claims.aud,
    SubjectFromWebIdentityToken: claims.sub,
  };
}

const refused = (): AwsError =>
  new AwsError(
    "AccessDenied",
    `Not authorized to perform sts:${webIdentityAction}`,
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
