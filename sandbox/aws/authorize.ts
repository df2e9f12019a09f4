import { refuseAbsent } from "./absent-operations/absent-operation";
import { tellDecided, tellRefused } from "./decided";
import { decide, type AuthorizationRequest } from "./decision";
import { AwsError } from "./errors";
import { honouring } from "./honoured-parameters";
import { refuseOtherRegion } from "./other-region";
import { noteUse } from "./service-uses";
import { tagRight } from "./tag-rights";
import { recorded } from "./trail/record";
import type { Call, Operation, Operations, Permission } from "./operation";
import type { ServiceName } from "./service-models/service-model";

/**
 * Lets the call through to the operation, or throws AWS's AccessDenied. `action`: as in a policy,
 * `iam:CreateUser`.
 *
 * Source of the rule about sessions: AWS documentation, "Compare AWS STS credentials",
 * GetSessionToken and GetFederationToken.
 */
export async function authorize<C extends Call, R>(
  call: C,
  action: string,
  operation: Operation<C, R>,
): Promise<void> {
  const asked = askedOf(call, action, operation);
  if (asked === undefined) {
    tellDecided(call, action, "*", { decided: "not asked" });
    return;
  }
  const { request, permission } = asked;
  await decide(call, request, permission);
  const further = [
    await tagRight(request, operation.tagged?.(call) ?? request),
    ...(operation.alsoNeeds?.(call) ?? []),
  ];
  for (const one of further) if (one) await decide(call, one, "allow");
}

/** What is to be decided of a call; undefined where nothing is. */
function askedOf<C extends Call, R>(
  call: C,
  action: string,
  operation: Operation<C, R>,
):
  | { readonly request: AuthorizationRequest; readonly permission: Permission }
  | undefined {
  try {
    refuseBySession(call, action);
    noteUse(call, action);
    const permission = operation.permission?.(call) ?? "allow";
    if (permission === "none") return undefined;
    operation.beforeDecision?.(call);
    const resource = operation.resource?.(call) ?? "*";
    refuseOtherRegion(call, action, resource);
    const resourcePolicy = operation.resourcePolicy?.(call);
    const context = operation.context?.(call);
    const request = {
      action,
      resource,
      ...(context ? { context } : {}),
      ...(resourcePolicy ? { resourcePolicy } : {}),
    };
    return { request, permission };
  } catch (error) {
    tellRefused(call, action, resourceOf(call, operation) ?? "*", error);
    throw error;
  }
}

/** These two tell by themselves that they open no session from a session. */
const tellThemselves = ["sts:GetSessionToken", "sts:GetFederationToken"];

/** The actions of STS that a session of a user may call, by how it was opened. */
const stsOfSession = {
  GetSessionToken: ["sts:AssumeRole", "sts:GetCallerIdentity"],
  GetFederationToken: ["sts:GetCallerIdentity"],
};

/**
 * What `GetSessionToken` gives may call nothing in IAM without MFA, what `GetFederationToken` gives
 * nothing in IAM at all; and both little in STS.
 */
function refuseBySession({ caller }: Call, action: string): void {
  if (caller.kind !== "user" || caller.session === undefined) return;
  const { origin } = caller.session;
  if (origin.kind !== "user" || origin.through === "console") return;
  const allowed = [...stsOfSession[origin.through], ...tellThemselves];
  const refused =
    (action.startsWith("iam:") && origin.mfaAt === undefined) ||
    (action.startsWith("sts:") && !allowed.includes(action));
  if (refused) {
    throw new AwsError(
      "InvalidClientTokenId",
      "The security token included in the request is invalid",
    );
  }
}

/**
 * Decides and does what a call asks for.
 *
 * @throws AwsError NotImplemented for an action, or a parameter of one, that the sandbox lacks.
 */
export function perform<C extends Call, R extends object>(
  call: C,
  service: ServiceName,
  name: string,
  operations: Operations<C, R>,
): Promise<R | Record<string, never>> {
  const operation = Object.hasOwn(operations, name)
    ? operations[name]
    : undefined;
  const resource = operation && resourceOf(call, operation);
  return recorded(call, { service, name, resource }, () =>
    performed(call, service, name, operation),
  );
}

/** Undefined where the call names nothing that is there. */
function resourceOf<C extends Call, R>(
  call: C,
  { resource }: Operation<C, R>,
): string | undefined {
  try {
    return resource?.(call);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

async function performed<C extends Call, R extends object>(
  call: C,
  service: ServiceName,
  name: string,
  operation: Operation<C, R> | undefined,
): Promise<R | Record<string, never>> {
  if (!operation) return refuseAbsent(call, service, name);
  const named = { ...call, operation: `${service}:${name}` };
  await authorize(named, `${service}:${operation.action ?? name}`, operation);
  const run = operation.run as (call: C) => R | Promise<R> | undefined;
  return honouring(call.parameters, named.operation, operation, async () => {
    const result = run(named);
    // At once where there is nothing to wait for: no other call's change may come between.
    const answer = result instanceof Promise ? await result : result;
    const { cloud, account } = call;
    cloud.onDone?.({ accountId: account.id, operation: named.operation });
    return answer ?? {};
  });
}
