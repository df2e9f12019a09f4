import {
  findContextKeys,
  type RequestAnalysis,
  type RunSimulationResults,
  type Simulation,
} from "@cloud-copilot/iam-simulate";
import { loadPolicy } from "@cloud-copilot/iam-policy";
import { accountOf } from "../arn";
import { analysisOf } from "../reason";
import { simulate } from "../decision";
import { parseIdentityDocument, parseResourceDocument } from "../documents";
import { invalidInput } from "../errors";
import type { Call, ContextKeys, Operations, Result } from "../operation";
import { identityPoliciesOf } from "../policies-in-force";
import { isPlaceholder, literalVariables } from "../policy-variables";
import { listPage } from "./paging";
import {
  customPolicies,
  principalPolicies,
  sourceArn,
  sourceOf,
  type SimulatedPolicies,
} from "./simulated-policies";

/** The context keys that a request brings; the simulator knows each key's type by itself. */
const contextIn = ({ parameters }: Call): ContextKeys =>
  Object.fromEntries(
    parameters
      .structures("ContextEntries")
      .map((entry) => [
        entry.required("ContextKeyName"),
        [...entry.list("ContextKeyValues")],
      ]),
  );

const resourcePolicyIn = ({ parameters }: Call): unknown => {
  const text = parameters.get("ResourcePolicy");
  return text === undefined ? undefined : parseResourceDocument(text).parsed;
};

const simulationOf = (
  call: Call,
  policies: SimulatedPolicies,
  action: string,
  resource: string,
): Simulation => {
  const { principal, identity, boundaries, control } = policies;
  const owner = call.parameters.get("ResourceOwner");
  const resourcePolicy = resourcePolicyIn(call);
  return {
    request: {
      principal,
      action,
      resource: {
        resource,
        accountId:
          ownerOf(owner) ?? (accountOf(resource) || accountOf(principal)),
      },
      contextVariables: contextIn(call),
    },
    identityPolicies: [...identity],
    serviceControlPolicies: control,
    resourceControlPolicies: [],
    ...(boundaries.length > 0
      ? { permissionBoundaryPolicies: [...boundaries] }
      : {}),
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
  };
};

/** An account's number, or the ARN of somebody in it. */
const ownerOf = (owner: string | undefined): string | undefined =>
  owner?.startsWith("arn:") ? accountOf(owner) : owner;

const decisions = {
  Allowed: "allowed",
  ExplicitlyDenied: "explicitDeny",
  ImplicitlyDenied: "implicitDeny",
} as const;

async function evaluate(
  call: Call,
  policies: SimulatedPolicies,
  action: string,
  resource: string,
): Promise<Result> {
  const simulation = simulationOf(call, policies, action, resource);
  const analysis = analysed(await simulated(simulation), action, resource);
  const hasBoundary = policies.boundaries.length > 0;
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decisions[analysis?.result ?? "ImplicitlyDenied"],
    MatchedStatements: matched(analysis),
    MissingContextValues: await missingKeys(call, policies),
    ...(policies.control.length > 0
      ? {
          OrganizationsDecisionDetail: {
            AllowedByOrganizations: analysis?.scpAnalysis?.result === "Allowed",
          },
        }
      : {}),
    ...(hasBoundary
      ? {
          PermissionsBoundaryDecisionDetail: {
            AllowedByPermissionsBoundary:
              analysis?.permissionBoundaryAnalysis?.result === "Allowed",
          },
        }
      : {}),
  };
}

/** An action that is on no resource is simulated on all, whatever resource is named. */
async function simulated(
  simulation: Simulation,
): Promise<RunSimulationResults> {
  const result = await simulate(simulation);
  if (
    result.resultType !== "error" ||
    result.errors.message !== "must.use.wildcard"
  ) {
    return result;
  }
  const { request } = simulation;
  const resource = { ...request.resource, resource: "*" };
  return simulate({ ...simulation, request: { ...request, resource } });
}

/** Of a resource with a wildcard, what is decided of it as a whole: undefined where nothing allows it. */
function analysed(
  result: RunSimulationResults,
  action: string,
  resource: string,
): RequestAnalysis | undefined {
  if (result.resultType === "error") {
    throw invalidInput(
      `${action} on ${resource} can't be simulated: ${result.errors.message}`,
    );
  }
  if (result.resultType === "single") return analysisOf(result);
  return result.results.find(
    ({ resourcePattern }) => resourcePattern === resource,
  )?.analysis;
}

const matched = (analysis: RequestAnalysis | undefined): readonly Result[] => {
  const found =
    analysis?.result === "ExplicitlyDenied"
      ? "denyStatements"
      : "allowStatements";
  const identity = analysis?.identityAnalysis?.[found] ?? [];
  const resource = analysis?.resourceAnalysis?.[found] ?? [];
  return [
    ...identity.map(({ policyId }) => ({
      SourcePolicyId: policyId,
      SourcePolicyType: "IAM Policy",
    })),
    ...resource.map(() => ({
      SourcePolicyId: "ResourcePolicy",
      SourcePolicyType: "Resource Policy",
    })),
  ];
};

/** Keys that the policies ask about. */
async function keysOf(
  policies: readonly unknown[],
): Promise<readonly string[]> {
  const { validKeys, invalidKeys } = await findContextKeys(
    policies.map((policy) => loadPolicy(literalVariables(policy))),
  );
  const keys = [...validKeys, ...invalidKeys].filter(
    (key) => !isPlaceholder(key),
  );
  return [...new Set(keys)].sort();
}

async function missingKeys(
  call: Call,
  { identity, boundaries }: SimulatedPolicies,
): Promise<readonly string[]> {
  const given = new Set(
    Object.keys(contextIn(call)).map((key) => key.toLowerCase()),
  );
  const keys = await keysOf([
    ...[...identity, ...boundaries].map(({ policy }) => policy),
    ...[resourcePolicyIn(call)].filter((policy) => policy !== undefined),
  ]);
  return keys.filter((key) => !given.has(key.toLowerCase()));
}

const simulation =
  (policiesOf: (call: Call) => SimulatedPolicies) =>
  async (call: Call): Promise<Result> => {
    const { parameters } = call;
    const policies = policiesOf(call);
    const resources = parameters.list("ResourceArns");
    const pairs = parameters
      .list("ActionNames")
      .flatMap((action) =>
        (resources.length > 0 ? resources : ["*"]).map(
          (resource) => [action, resource] as const,
        ),
      );
    const results: (readonly [string, Result])[] = [];
    for (const [index, [action, resource]] of pairs.entries()) {
      const place = String(index).padStart(6, "0");
      results.push([place, await evaluate(call, policies, action, resource)]);
    }
    return listPage(call, "EvaluationResults", results);
  };

/** The documents whose keys are asked for. */
const brought = (call: Call): readonly unknown[] =>
  call.parameters
    .list("PolicyInputList")
    .map((text) => parseIdentityDocument(text).parsed);

const sources = (call: Call): readonly unknown[] => [
  ...identityPoliciesOf(call, sourceOf(call).identity).map(
    ({ policy }) => policy,
  ),
  ...brought(call),
];

const keysAsked =
  (documents: (call: Call) => readonly unknown[]) =>
  async (call: Call): Promise<Result> => ({
    ContextKeyNames: await keysOf(documents(call)),
  });

const lacks = ["ResourceHandlingOption"];

const typesAreKnown = {
  moot: {
    "ContextEntries[].ContextKeyType":
      "the simulator knows each key's type by itself",
  },
};

/** IAM's own simulator, by the decision that the sandbox's calls get. */
export const simulationOperations: Operations = {
  SimulateCustomPolicy: {
    ...typesAreKnown,
    lacks: [...lacks, "OrderedOrganizationPolicyInputList"],
    run: simulation(customPolicies),
  },
  SimulatePrincipalPolicy: {
    ...typesAreKnown,
    resource: sourceArn,
    lacks: [...lacks, "PolicyExclusionList"],
    run: simulation(principalPolicies),
  },
  GetContextKeysForCustomPolicy: { run: keysAsked(brought) },
  GetContextKeysForPrincipalPolicy: {
    resource: sourceArn,
    run: keysAsked(sources),
  },
};
