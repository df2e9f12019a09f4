import { accountOf, federatedUserArn, iamArn, sessionArn } from "./arn";
import type { Call, Caller, ContextKeys } from "./operation";
import type { Cloud, FederatedUser, Tag } from "./model";
import { pathOfAccount } from "./organizations/organization";
import { overlaidTags, tagKeys } from "./tags";

/** Whom `GetFederationToken` gave the caller's credentials to. */
export const federatedUserOf = (caller: Caller): FederatedUser | undefined =>
  caller.session?.origin.kind === "user"
    ? caller.session.origin.federated
    : undefined;

/** The caller's ARN as AWS shows it: a role's session has one of its own, in STS. */
export function callerArn(cloud: Cloud, caller: Caller): string {
  const { accountId } = caller;
  if (caller.kind === "user") {
    const federated = federatedUserOf(caller);
    return federated
      ? federatedUserArn(cloud, accountId, federated.name)
      : iamArn(cloud, accountId, "user", caller.user);
  }
  const { role, session } = caller;
  return sessionArn(cloud, accountId, role.name, session.origin.sessionName);
}

/** `AIDA…` of a user; `AROA…:session` of a role's session; `account:name` of somebody federated. */
export function callerId(caller: Caller): string {
  if (caller.kind === "role") {
    return `${caller.role.id}:${caller.session.origin.sessionName}`;
  }
  const federated = federatedUserOf(caller);
  return federated ? `${caller.accountId}:${federated.name}` : caller.user.id;
}

/**
 * The condition keys of a request, whoever it is of, but for its region. Source: AWS documentation,
 * "AWS global condition context keys".
 */
export function requestContext(
  cloud: Cloud,
  sourceIp: string,
  resourceAccount: string,
): ContextKeys {
  const now = cloud.now();
  return {
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1_000)),
    "aws:PrincipalIsAWSService": "false",
    "aws:ResourceAccount": resourceAccount,
    // Loopback counts as TLS: nobody else can listen there.
    "aws:SecureTransport": "true",
    "aws:SourceIp": sourceIp,
    "aws:ViaAWSService": "false",
    ...organizationContext(cloud, "Resource", resourceAccount),
  };
}

/** The condition keys that every signed request carries. */
export function globalContext(call: Call, resource: string): ContextKeys {
  const { cloud, caller, sourceIp, region } = call;
  const owner = accountOf(resource);
  const isOthers = owner !== "" && owner !== "aws";
  return {
    ...requestContext(cloud, sourceIp, isOthers ? owner : caller.accountId),
    "aws:PrincipalAccount": caller.accountId,
    "aws:RequestedRegion": region,
    ...given("aws:referer", call.referer),
    ...given("aws:UserAgent", call.userAgent),
    "aws:userid": callerId(caller),
    ...organizationContext(cloud, "Principal", caller.accountId),
    ...identityContext(cloud, caller),
    ...mfaContext(cloud, caller),
  };
}

/** A key of what may be left out. */
const given = (key: string, value: string | undefined): ContextKeys =>
  value === undefined ? {} : { [key]: value };

/** Where in the organisation an account is; nothing of one that is not in it. */
const organizationContext = (
  cloud: Cloud,
  whose: "Principal" | "Resource",
  accountId: string,
): ContextKeys =>
  cloud.accounts.has(accountId)
    ? {
        [`aws:${whose}OrgID`]: cloud.organization.id,
        [`aws:${whose}OrgPaths`]: [pathOfAccount(cloud, accountId)],
      }
    : {};

function identityContext(cloud: Cloud, caller: Caller): ContextKeys {
  const federated = federatedUserOf(caller);
  if (federated) {
    return {
      "aws:PrincipalType": "FederatedUser",
      "aws:PrincipalArn": callerArn(cloud, caller),
      ...principalTags(federated.tags),
    };
  }
  if (caller.kind === "user") {
    return {
      "aws:PrincipalType": "User",
      "aws:PrincipalArn": callerArn(cloud, caller),
      "aws:username": caller.user.name,
      ...principalTags(caller.user.tags),
    };
  }
  const { role, session } = caller;
  const { federatedProvider, sourceIdentity, tags } = session.origin;
  return {
    "aws:PrincipalType": "AssumedRole",
    // Of the role, not of the session.
    "aws:PrincipalArn": iamArn(cloud, caller.accountId, "role", role),
    ...principalTags(overlaidTags(role.tags, tags)),
    ...given("aws:FederatedProvider", federatedProvider),
    ...given("aws:SourceIdentity", sourceIdentity),
  };
}

const principalTags = (tags: readonly Tag[]): ContextKeys =>
  tagKeys("aws:PrincipalTag", tags);

/**
 * Long-term keys carry no MFA key at all; a user's session says true or false; a role's session
 * has none, since MFA does not survive role chaining; nor has somebody federated.
 */
function mfaContext(cloud: Cloud, caller: Caller): ContextKeys {
  if (caller.session === undefined) return {};
  const { origin, issuedAt } = caller.session;
  const issued = { "aws:TokenIssueTime": issuedAt.toISOString() };
  if (origin.kind === "role" || origin.federated) return issued;
  if (origin.tellsMfa === false) return issued;
  return {
    ...(origin.mfaAt === undefined
      ? { "aws:MultiFactorAuthPresent": "false" }
      : freshMfa(cloud, origin.mfaAt)),
    ...issued,
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
