import {
  runSimulation,
  type RunSimulationResults,
  type Simulation,
  type SuccessfulRunSimulationResults,
} from "@cloud-copilot/iam-simulate";
import { accountOf } from "./arn";
import { documentsOf, refuseUnknownKeys } from "./asked-keys";
import { callerArn, federatedUserOf, globalContext } from "./context";
import { letsIn, tellDecided, tellRefused } from "./decided";
import { denialOf } from "./denial";
import { isServiceLinked } from "./iam/entities";
import { tagsOfResource } from "./iam/resource-tags";
import { onExactly } from "./literal-asterisks";
import type { NotNeeded, SessionPolicies, StoredDocument } from "./model";
import { accessDenied, AwsError } from "./errors";
import type { Call, Caller, ContextKeys, Permission } from "./operation";
import { controlPoliciesOn } from "./organizations/organization";
import {
  boundariesOf,
  identityPoliciesOf,
  sessionDocument,
} from "./policies-in-force";
import { withLiteralVariables } from "./policy-variables";
import { analysisOf, reasonOf, type Reason } from "./reason";
import { isGrantedToSession, policyForCaller } from "./session-grants";

/** What IAM decides: an action, and the resource that it is on. */
export interface AuthorizationRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: ContextKeys;
  /** The policy of the resource: for AssumeRole, the role's trust policy. */
  readonly resourcePolicy?: StoredDocument;
}

/**
 * Lets the call pass, or throws AWS's AccessDenied, or NotImplemented where that can't be told. The
 * decision is `@cloud-copilot/iam-simulate`'s.
 */
export async function decide(
  call: Call,
  request: AuthorizationRequest,
  permission: Permission,
): Promise<void> {
  const { action, resource, resourcePolicy } = request;
  const reason = await reasonFor(call, request, permission).catch(
    (error: unknown) => {
      tellRefused(call, action, resource, error);
      throw error;
    },
  );
  tellDecided(call, action, resource, reason);
  if (letsIn(reason)) return;
  throw accessDenied(
    `User: ${callerArn(call.cloud, call.caller)} is not authorized to perform: ` +
      `${action} on resource: ${resource} ${denialOf(reason, action, resourcePolicy)}`.trimEnd(),
  );
}

/** @throws AwsError NotImplemented where it can't be told. */
async function reasonFor(
  call: Call,
  request: AuthorizationRequest,
  permission: Permission,
): Promise<Reason | NotNeeded> {
  const simulation = onExactly(simulationOf(call, request));
  const result = await resultOf(simulation, request);
  // No Deny turns a request that nothing allows into one that is let through.
  const isImplicit = result.overallResult === "ImplicitlyDenied";
  await refuseUnknownKeys({
    action: request.action,
    documents: documentsOf(simulation),
    effects:
      permission === "allow" && isImplicit ? ["Allow"] : ["Allow", "Deny"],
  });
  return permission === "unless denied" && isImplicit
    ? { decided: "not denied" }
    : reasonOf(result, request.action);
}

/** Whether a resource's policy would allow the caller that, by itself or by leaving it to the account. */
export async function isOpenedBy(
  call: Call,
  request: AuthorizationRequest,
): Promise<boolean> {
  const result = await resultOf(simulationOf(call, request), request);
  const found = analysisOf(result)?.resourceAnalysis?.result;
  return found === "Allowed" || found === "AllowedForAccount";
}

async function resultOf(
  simulation: Simulation,
  request: AuthorizationRequest,
): Promise<SuccessfulRunSimulationResults> {
  const result = decided(await simulate(simulation), request);
  return isGrantedToSession(result)
    ? decided(
        await simulate({ ...simulation, sessionPolicy: undefined }),
        request,
      )
    : result;
}

/** Asks the simulator. */
export const simulate = (
  simulation: Simulation,
): Promise<RunSimulationResults> =>
  runSimulation(withLiteralVariables(simulation), {
    simulationMode: "Strict",
  });

function simulationOf(call: Call, request: AuthorizationRequest): Simulation {
  const { cloud, caller } = call;
  const identity = caller.kind === "user" ? caller.user : caller.role;
  const boundaries = boundariesOf(call, identity);
  const session = sessionPoliciesOf(caller);
  return {
    request: {
      principal: callerArn(cloud, caller),
      action: request.action,
      resource: {
        resource: request.resource,
        accountId: ownerOf(request.resource, caller.accountId),
      },
      contextVariables: {
        ...globalContext(call, request.resource),
        ...tagsOfResource(cloud, request.resource),
        ...request.context,
      },
    },
    identityPolicies: identityPoliciesOf(call, identity),
    serviceControlPolicies: isServiceLinked(identity)
      ? []
      : controlPoliciesOn(cloud, caller.accountId),
    resourceControlPolicies: [],
    ...(request.resourcePolicy
      ? { resourcePolicy: policyForCaller(call, request.resourcePolicy.parsed) }
      : {}),
    ...(session ? { sessionPolicy: sessionDocument(call, session) } : {}),
    ...(boundaries.length > 0
      ? { permissionBoundaryPolicies: boundaries }
      : {}),
  };
}

/** Those of a role's session, or of somebody federated; a user's own session has none. */
function sessionPoliciesOf(caller: Caller): SessionPolicies | undefined {
  if (caller.kind === "role") return caller.session.origin.sessionPolicies;
  return federatedUserOf(caller)?.sessionPolicies;
}

/** AWS's own policies are everybody's: reading one crosses no border. */
function ownerOf(resource: string, callersAccount: string): string {
  const owner = accountOf(resource);
  return owner === "" || owner === "aws" ? callersAccount : owner;
}

/** The simulator's answer. A request that can't be decided is an error, never an allow. */
function decided(
  result: RunSimulationResults,
  { action, resource }: AuthorizationRequest,
): SuccessfulRunSimulationResults {
  if (result.resultType !== "error") return result;
  // The caller wrote this ARN: it names nothing that the action could be on.
  if (result.errors.message === "no.resource.types") {
    throw new AwsError("Validation", `${resource} is nothing for ${action}`);
  }
  throw new AwsError(
    "InternalFailure",
    `the request could not be decided: ${JSON.stringify(result.errors)}`,
  );
}
