import { callerArn, callerId, freshMfa } from "./context";
import { parseIdentityDocument } from "./documents";
import { devicesOf } from "./iam/entities";
import type { Role, User } from "./model";
import { AwsError } from "./errors";
import type { Call, ContextKeys, Operations, Result } from "./operation";
import {
  openRoleSession,
  roleAt,
  sessionName,
  sessionNameIn,
  type NamedRole,
} from "./role-sessions";
import { describeCredentials, openSession } from "./sessions";
import { useCode } from "./totp";

/** Seconds that a session of a chained role lasts at most. */
const chainedSession = 3_600;

function getCallerIdentity({ cloud, caller }: Call): Result {
  return {
    UserId: callerId(caller),
    Account: caller.accountId,
    Arn: callerArn(cloud, caller),
  };
}

/**
 * Checks the MFA code that comes with a call, and uses it up.
 *
 * @throws AwsError AccessDenied, as AWS words it.
 */
function useCodeOf(call: Call, user: User): void {
  const serial = call.parameters.required("SerialNumber");
  const code = call.parameters.get("TokenCode") ?? "";
  const device = devicesOf(call, user).find((one) => one.serial === serial);
  if (device && useCode(device, code, call.cloud.now())) return;
  throw new AwsError(
    "AccessDenied",
    device
      ? "MultiFactorAuthentication failed with invalid MFA one time pass code."
      : "MultiFactorAuthentication failed, unable to validate MFA code: no such device of this user.",
  );
}

function getSessionToken(call: Call): Result {
  const { caller, cloud, parameters } = call;
  if (caller.kind !== "user" || caller.session !== undefined) {
    throw new AwsError(
      "AccessDenied",
      "Cannot call GetSessionToken with session credentials",
    );
  }
  const seconds = parameters.wholeNumber(
    "DurationSeconds",
    { least: 900, most: 129_600 },
    43_200,
  );
  const withMfa = bringsCode(call);
  if (withMfa) useCodeOf(call, caller.user);
  const session = openSession(
    cloud,
    caller.accountId,
    {
      kind: "user",
      name: caller.user.name,
      through: "GetSessionToken",
      mfaAt: withMfa ? cloud.now() : undefined,
    },
    seconds,
  );
  return { Credentials: describeCredentials(session) };
}

const targetOf = ({ cloud, parameters }: Call): NamedRole | undefined =>
  roleAt(cloud, parameters.required("RoleArn"));

const bringsCode = ({ parameters }: Call): boolean =>
  parameters.has("SerialNumber");

/** A role's session has no MFA devices: a code that it brings says nothing. */
function useUserCode(call: Call): void {
  const { caller } = call;
  if (caller.kind === "user" && bringsCode(call)) useCodeOf(call, caller.user);
}

/** Source: AWS STS API reference, "AssumeRole". */
const namesOfSessions = {
  RoleSessionName: sessionName,
  ExternalId: /^[\w+=,.@:/-]{2,1224}$/,
  SourceIdentity: sessionName,
};

/** The keys that only this call has; a code that comes with it, and was right, makes MFA fresh. */
function assumeRoleContext(call: Call): ContextKeys {
  const { caller, cloud, parameters } = call;
  const given = Object.entries(namesOfSessions).flatMap(([name, pattern]) =>
    parameters.has(name)
      ? [[`sts:${name}`, parameters.matching(name, pattern)] as const]
      : [],
  );
  return {
    ...Object.fromEntries(given),
    ...(caller.kind === "user" && bringsCode(call)
      ? freshMfa(cloud, cloud.now())
      : {}),
  };
}

function assumeRole(call: Call): Result {
  const { cloud, parameters } = call;
  const target = targetOf(call);
  // The decision comes first, and lets nobody take a role that is not there.
  if (!target) throw new AwsError("AccessDenied", "no such role");
  const { role } = target;
  const policy = parameters.get("Policy");
  const sourceIdentity = parameters.get("SourceIdentity");
  const answer = openRoleSession(cloud, target, durationOf(call, role), {
    sessionName: sessionNameIn(parameters),
    sessionPolicy:
      policy === undefined ? undefined : parseIdentityDocument(policy),
    sourceIdentity,
  });
  role.lastUsed = { at: cloud.now(), region: call.region };
  return { ...answer, SourceIdentity: sourceIdentity };
}

function durationOf(call: Call, role: Role): number {
  const seconds = call.parameters.wholeNumber(
    "DurationSeconds",
    { least: 900, most: 43_200 },
    3_600,
  );
  if (seconds > role.maxSessionDuration) {
    throw new AwsError(
      "ValidationError",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
  if (isChained(call) && seconds > chainedSession) {
    throw new AwsError(
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
  return seconds;
}

/** Temporary credentials count, those of GetSessionToken too. */
const isChained = ({ caller }: Call): boolean => caller.session !== undefined;

/** Every STS action that the sandbox knows. */
export const stsOperations: Operations = {
  GetCallerIdentity: { permission: () => "none", run: getCallerIdentity },
  GetSessionToken: { permission: () => "unless denied", run: getSessionToken },
  AssumeRole: {
    resource: ({ parameters }) => parameters.get("RoleArn") ?? "*",
    beforeDecision: useUserCode,
    context: assumeRoleContext,
    resourcePolicy: (call) => targetOf(call)?.role.trustPolicy,
    run: assumeRole,
  },
};
