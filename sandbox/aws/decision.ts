import {
  runSimulation,
  type RunSimulationResults,
  type Simulation,
} from "@cloud-copilot/iam-simulate";
import { accountOf } from "./arn";
import { callerArn, globalContext } from "./context";
import { groupsOf, policyAt } from "./iam/entities";
import type { StoredDocument } from "./model";
import { accessDenied, AwsError } from "./errors";
import type { Call, ContextKeys, Permission } from "./operation";

/** What IAM decides: an action, and the resource that it is on. */
export interface AuthorizationRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: ContextKeys;
  /** The policy of the resource: for AssumeRole, the role's trust policy. */
  readonly resourcePolicy?: StoredDocument;
}

/**
 * Lets the call pass, or throws AWS's AccessDenied. The decision is `@cloud-copilot/iam-simulate`'s.
 */
export async function decide(
  call: Call,
  request: AuthorizationRequest,
  permission: Permission,
): Promise<void> {
  const result = await runSimulation(simulationOf(call, request), {
    simulationMode: "Strict",
  });
  const refusal = refusalOf(result, request, permission);
  if (refusal === undefined) return;
  throw accessDenied(
    `User: ${callerArn(call.cloud, call.caller)} is not authorized to perform: ` +
      `${request.action} on resource: ${request.resource} ${refusal}`,
  );
}

function simulationOf(call: Call, request: AuthorizationRequest): Simulation {
  const { cloud, caller } = call;
  const { identityPolicies, boundary } = policiesOf(call);
  const sessionPolicy =
    caller.kind === "role"
      ? caller.session.origin.sessionPolicy?.parsed
      : undefined;
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
        ...request.context,
      },
    },
    identityPolicies,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(request.resourcePolicy
      ? { resourcePolicy: request.resourcePolicy.parsed }
      : {}),
    ...(sessionPolicy === undefined ? {} : { sessionPolicy }),
    ...(boundary === undefined
      ? {}
      : {
          permissionBoundaryPolicies: [{ name: "boundary", policy: boundary }],
        }),
  };
}

/** AWS's own policies are everybody's: reading one crosses no border. */
function ownerOf(resource: string, callersAccount: string): string {
  const owner = accountOf(resource);
  return owner === "" || owner === "aws" ? callersAccount : owner;
}

interface Policies {
  readonly identityPolicies: { name: string; policy: unknown }[];
  readonly boundary: unknown;
}

/** Every document that speaks for the caller: their own, and their groups'. */
function policiesOf(call: Call): Policies {
  const { account, caller } = call;
  const identity = caller.kind === "user" ? caller.user : caller.role;
  const groups = caller.kind === "user" ? groupsOf(account, caller.user) : [];
  const identityPolicies = [identity, ...groups].flatMap((owner) => [
    ...[...owner.inlinePolicies].map(([name, document]) => ({
      name: `${owner.name}/${name}`,
      policy: document.parsed,
    })),
    ...[...owner.attachedPolicies].map((arn) => ({
      name: `${owner.name}/${arn}`,
      policy: managedDocument(call, arn),
    })),
  ]);
  return {
    identityPolicies,
    boundary:
      identity.permissionsBoundary === undefined
        ? undefined
        : managedDocument(call, identity.permissionsBoundary),
  };
}

/** The default version of a managed policy. */
function managedDocument(call: Call, arn: string): unknown {
  const policy = policyAt(call, arn);
  return policy?.versions.find(({ id }) => id === policy.defaultVersionId)
    ?.document.parsed;
}

/** Why not; undefined when the request is allowed. A request that can't be decided is an error. */
function refusalOf(
  result: RunSimulationResults,
  { action, resource }: AuthorizationRequest,
  permission: Permission,
): string | undefined {
  if (result.resultType === "error") {
    // The caller wrote this ARN: it names nothing that the action could be on.
    if (result.errors.message === "no.resource.types") {
      throw new AwsError("Validation", `${resource} is nothing for ${action}`);
    }
    throw new AwsError(
      "InternalFailure",
      `the request could not be decided: ${JSON.stringify(result.errors)}`,
    );
  }
  switch (result.overallResult) {
    case "Allowed":
      return undefined;
    case "ExplicitlyDenied":
      return "with an explicit deny in an identity-based policy";
    case "ImplicitlyDenied":
      if (permission === "unless denied") return undefined;
      return "because no identity-based policy allows the action, or the resource's policy does not";
  }
}
