import { callerArn, freshMfa } from "./context";
import { accessDenied, AwsError } from "./errors";
import { bringsCode, useCodeOf } from "./mfa-code";
import type { Role, RoleSessionOrigin } from "./model";
import type {
  AlsoNeeded,
  Call,
  ContextKeys,
  Operation,
  Result,
} from "./operation";
import { openRoleSession, roleAt, type NamedRole } from "./role-sessions";
import { sessionPoliciesIn } from "./session-policies";
import {
  checkTags,
  inheritedTags,
  joinedTags,
  tagsContext,
  type SessionTags,
} from "./session-tags";

/** Seconds that a session of a chained role lasts at most. */
const chainedSession = 3_600;

const targetOf = ({ cloud, parameters }: Call): NamedRole | undefined =>
  roleAt(cloud, parameters.required("RoleArn"));

/** The role's session that takes another role. */
const chainedFrom = ({ caller }: Call): RoleSessionOrigin | undefined =>
  caller.kind === "role" ? caller.session.origin : undefined;

function useCallersCode(call: Call): void {
  if (bringsCode(call)) useCodeOf(call);
}

/** Parameters that are condition keys as they stand. Source: AWS STS API reference, "AssumeRole". */
const namesOfSessions = ["RoleSessionName", "ExternalId", "SourceIdentity"];

const broughtTagsOf = ({ parameters }: Call): SessionTags => ({
  tags: parameters.tags(),
  transitiveTagKeys: parameters.list("TransitiveTagKeys"),
});

/** The keys that only this call has; a code that comes with it, and was right, makes MFA fresh. */
function context(call: Call): ContextKeys {
  const { cloud, parameters } = call;
  const given = namesOfSessions.flatMap((name) => {
    const value = parameters.get(name);
    return value === undefined ? [] : [[`sts:${name}`, value] as const];
  });
  const brought = broughtTagsOf(call);
  checkTags(brought, inheritedTags(chainedFrom(call)));
  return {
    ...Object.fromEntries(given),
    ...tagsContext(brought),
    ...(bringsCode(call) ? freshMfa(cloud, cloud.now()) : {}),
  };
}

/** The source identity that the session will have. @throws AwsError AccessDenied for a second one. */
function sourceIdentityOf(call: Call): string | undefined {
  const given = call.parameters.get("SourceIdentity");
  const inherited = chainedFrom(call)?.sourceIdentity;
  if (inherited !== undefined && given !== undefined && given !== inherited) {
    throw accessDenied(
      `The source identity of a session can't be changed: it is ${inherited}, and ${given} was asked for.`,
    );
  }
  return inherited ?? given;
}

/** Tags and a source identity take rights of their own; those that the caller's session hands on, too. */
function alsoNeeds(call: Call): readonly AlsoNeeded[] {
  const { tags } = joinedTags(
    inheritedTags(chainedFrom(call)),
    broughtTagsOf(call),
  );
  const actions = [
    ...(tags.length > 0 ? ["sts:TagSession"] : []),
    ...(sourceIdentityOf(call) === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
  const resourcePolicy = targetOf(call)?.role.trustPolicy;
  return actions.map((action) => ({
    action,
    resource: call.parameters.required("RoleArn"),
    context: context(call),
    ...(resourcePolicy ? { resourcePolicy } : {}),
  }));
}

function run(call: Call): Result {
  const { cloud, parameters } = call;
  const target = targetOf(call);
  // The decision comes first, and lets nobody take a role that is not there.
  if (!target) throw noSuchRole(call);
  const { account, role } = target;
  const inherited = inheritedTags(chainedFrom(call));
  const answer = openRoleSession(cloud, target, durationOf(call, role), {
    sessionName: parameters.required("RoleSessionName"),
    sessionPolicies: sessionPoliciesIn(parameters, { cloud, account }),
    sourceIdentity: sourceIdentityOf(call),
    chained: isChained(call)
      ? { askedDuration: parameters.has("DurationSeconds") }
      : undefined,
    ...joinedTags(inherited, broughtTagsOf(call)),
  });
  role.lastUsed = { at: cloud.now(), region: call.region };
  return answer;
}

/** As AWS refuses a role that is not there: in the words for one that trusts somebody else. */
const noSuchRole = ({ caller, cloud, parameters }: Call): AwsError =>
  accessDenied(
    `User: ${callerArn(cloud, caller)} is not authorized to perform: sts:AssumeRole on resource: ${parameters.required("RoleArn")}`,
  );

function durationOf(call: Call, role: Role): number {
  const seconds = call.parameters.number("DurationSeconds", 3_600);
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

export const assumeRole: Operation = {
  lacks: ["MinimumSessionTokenSize", "ProvidedContexts"],
  resource: ({ parameters }) => parameters.get("RoleArn") ?? "*",
  beforeDecision: useCallersCode,
  context,
  resourcePolicy: (call) => targetOf(call)?.role.trustPolicy,
  alsoNeeds,
  run,
};
