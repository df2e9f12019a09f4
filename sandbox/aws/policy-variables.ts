import type { Simulation } from "@cloud-copilot/iam-simulate";

/** The only version of the policy language that has variables. */
const withVariables = "2012-10-17";

/** A variable that no request has. */
const absent = "sandbox:absent";

/** A variable's default, where the variable is absent: a dollar sign that begins no variable. */
const dollar = `\${${absent}, '$'}`;

/** What looks like a key in a document that `literalVariables` went over, and is none. */
export const isPlaceholder = (key: string): boolean => key === absent;

/**
 * The document as the simulator has to read it, which knows variables in all versions: in an older one,
 * and in one that names no version, `${aws:username}` is the text itself.
 *
 * Source: AWS documentation, "IAM JSON policy elements: Version" and "Variables and tags".
 */
export const literalVariables = (document: unknown): unknown =>
  hasVariables(document) ? document : literal(document);

/** Whether the document's version has them; what is no document has nothing to take away. */
export const hasVariables = (document: unknown): boolean =>
  typeof document !== "object" ||
  document === null ||
  ("Version" in document && document.Version === withVariables);

function literal(value: unknown): unknown {
  if (typeof value === "string")
    return value.replaceAll("${", () => `${dollar}{`);
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, literal(one)]),
  );
}

interface Holder {
  readonly policy: unknown;
}

type Change = (document: unknown) => unknown;

const inAll = <P extends Holder>(policies: readonly P[], change: Change): P[] =>
  policies.map((one) => ({ ...one, policy: change(one.policy) }));

const inUnits = (
  units: Simulation["serviceControlPolicies"],
  change: Change,
): Simulation["serviceControlPolicies"] =>
  units.map((unit) => ({ ...unit, policies: inAll(unit.policies, change) }));

/** The simulation, with each of its documents changed. */
export const inEveryDocument = (
  simulation: Simulation,
  change: Change,
): Simulation => ({
  ...simulation,
  identityPolicies: inAll(simulation.identityPolicies, change),
  serviceControlPolicies: inUnits(simulation.serviceControlPolicies, change),
  resourceControlPolicies: inUnits(simulation.resourceControlPolicies, change),
  sessionPolicy: change(simulation.sessionPolicy),
  resourcePolicy: change(simulation.resourcePolicy),
  ...(simulation.permissionBoundaryPolicies
    ? {
        permissionBoundaryPolicies: inAll(
          simulation.permissionBoundaryPolicies,
          change,
        ),
      }
    : {}),
});

/** The simulation, with all of its documents as the simulator has to read them. */
export const withLiteralVariables = (simulation: Simulation): Simulation =>
  inEveryDocument(simulation, literalVariables);
