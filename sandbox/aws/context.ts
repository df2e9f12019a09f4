import { accountOf, iamArn, sessionArn } from "./arn";
import type { Call, Caller, ContextKeys } from "./operation";
import type { Cloud, Tag } from "./model";

/** The caller's ARN as AWS shows it: a role's session has one of its own, in STS. */
export function callerArn(cloud: Cloud, caller: Caller): string {
  if (caller.kind === "user")
    return iamArn(cloud, caller.accountId, "user", caller.user);
  const { accountId, role, session } = caller;
  return sessionArn(cloud, accountId, role.name, session.origin.sessionName);
}

/** `AIDA…` of a user; `AROA…:session` of a role's session. */
export const callerId = (caller: Caller): string =>
  caller.kind === "user"
    ? caller.user.id
    : `${caller.role.id}:${caller.session.origin.sessionName}`;

/**
 * The condition keys that every request carries. Source: AWS documentation, "AWS global condition
 * context keys".
 */
export function globalContext(call: Call, resource: string): ContextKeys {
  const { cloud, caller, sourceIp, region } = call;
  const now = cloud.now();
  const resourceAccount = accountOf(resource) || caller.accountId;
  return {
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1_000)),
    "aws:PrincipalAccount": caller.accountId,
    "aws:RequestedRegion": region,
    "aws:ResourceAccount":
      resourceAccount === "aws" ? caller.accountId : resourceAccount,
    // Loopback counts as TLS: nobody else can listen there.
    "aws:SecureTransport": "true",
    "aws:SourceIp": sourceIp,
    "aws:ViaAWSService": "false",
    "aws:userid": callerId(caller),
    ...identityContext(cloud, caller),
    ...mfaContext(cloud, caller),
  };
}

function identityContext(cloud: Cloud, caller: Caller): ContextKeys {
  if (caller.kind === "user") {
    return {
      "aws:PrincipalType": "User",
      "aws:PrincipalArn": callerArn(cloud, caller),
      "aws:username": caller.user.name,
      ...principalTags(caller.user.tags),
    };
  }
  return {
    "aws:PrincipalType": "AssumedRole",
    // Of the role, not of the session.
    "aws:PrincipalArn": iamArn(cloud, caller.accountId, "role", caller.role),
    ...principalTags(caller.role.tags),
  };
}

const principalTags = (tags: readonly Tag[]): ContextKeys =>
  Object.fromEntries(
    tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value]),
  );

/**
 * Long-term keys carry no MFA key at all; a user's session says true or false; a role's session
 * has none, since MFA does not survive role chaining.
 */
function mfaContext(cloud: Cloud, caller: Caller): ContextKeys {
  if (caller.kind !== "user" || caller.session === undefined) return {};
  const { origin, issuedAt } = caller.session;
  return {
    ...(origin.kind === "user" && origin.mfaAt !== undefined
      ? freshMfa(cloud, origin.mfaAt)
      : { "aws:MultiFactorAuthPresent": "false" }),
    "aws:TokenIssueTime": issuedAt.toISOString(),
  };
}

/** MFA given at that time; also for a call that brings its own code. */
export function freshMfa(cloud: Cloud, givenAt: Date): ContextKeys {
  const age = Math.floor((cloud.now().getTime() - givenAt.getTime()) / 1_000);
  return {
    "aws:MultiFactorAuthPresent": "true",
    "aws:MultiFactorAuthAge": String(age),
  };
}
