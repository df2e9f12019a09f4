import type {
  RequestAnalysis,
  SuccessfulRunSimulationResults,
} from "@cloud-copilot/iam-simulate";

/** A kind of policy, by its part in a decision. */
export type PolicyKind =
  "scp" | "resource" | "trust" | "identity" | "boundary" | "session";

/** A statement that had a part in a decision. */
export interface DecidingStatement {
  readonly kind: PolicyKind;
  /**
   * The ARN of a managed policy; of an inline one, whose it is and its name. Empty of a resource's own
   * policy, and of a session's, which have no names.
   */
  readonly policy: string;
  readonly sid: string | undefined;
  /** Its place in the policy, from 1. */
  readonly index: number;
}

/** A statement that would allow the request, but for conditions that are not met. */
export interface NearestStatement extends DecidingStatement {
  /** As `Bool aws:MultiFactorAuthPresent`. */
  readonly unmet: readonly string[];
}

/** Why a request is allowed or not. */
export type Reason =
  | {
      readonly decided: "allowed";
      /** Of each kind of policy that had to allow it, the first that does. */
      readonly statements: readonly DecidingStatement[];
    }
  | {
      readonly decided: "explicitly denied";
      readonly statement: DecidingStatement;
    }
  | {
      readonly decided: "implicitly denied";
      /** The kind of policy that would have to allow it. */
      readonly lacking: PolicyKind;
      readonly nearest: NearestStatement | undefined;
    };

/** The one request; of several that a wildcard stands for, the first that is not allowed. */
export function analysisOf(
  result: SuccessfulRunSimulationResults,
): RequestAnalysis | undefined {
  if (result.resultType === "single") return result.result.analysis;
  const analyses = result.results.map(({ analysis }) => analysis);
  return analyses.find((one) => one.result !== "Allowed") ?? analyses[0];
}

/** The policy of a role is told by its own name. */
const resourceKind = (action: string): "trust" | "resource" =>
  /^sts:(AssumeRole|TagSession|SetSourceIdentity)/.test(action)
    ? "trust"
    : "resource";

/** Which statement decided. AWS tells of one kind of policy, however many refuse: it is the same here. */
export function reasonOf(
  result: SuccessfulRunSimulationResults,
  action: string,
): Reason {
  const analysis = analysisOf(result);
  const layers = analysis === undefined ? [] : layersOf(analysis, action);
  if (result.overallResult === "Allowed") {
    const statements = layers.flatMap(({ kind, allowing: [first] }) =>
      // Every account is under a policy of AWS's own that allows all.
      first === undefined || kind === "scp" ? [] : [told(kind, first)],
    );
    return { decided: "allowed", statements };
  }
  for (const { kind, denying } of layers) {
    const [first] = denying;
    if (first !== undefined) {
      return { decided: "explicitly denied", statement: told(kind, first) };
    }
  }
  const lacking = lackingKind(analysis, action);
  const unmatched = layers
    .filter(({ kind }) => kind === lacking)
    .flatMap((layer) => layer.unmatched);
  return {
    decided: "implicitly denied",
    lacking,
    nearest: nearestOf(lacking, unmatched),
  };
}

type Statements = NonNullable<
  RequestAnalysis["identityAnalysis"]
>["allowStatements"];
type Statement = Statements[number];

/** What the policies of one kind, or of one step from the organisation's root, say. */
interface Layer {
  readonly kind: PolicyKind;
  readonly allowing: Statements;
  readonly denying: Statements;
  readonly unmatched: Statements;
}

/** In the order in which AWS tells of denials. */
function layersOf(analysis: RequestAnalysis, action: string): readonly Layer[] {
  const found = [
    ...(analysis.scpAnalysis?.ouAnalysis ?? []).map(
      (ou) => ["scp", ou] as const,
    ),
    [resourceKind(action), analysis.resourceAnalysis] as const,
    ["identity", analysis.identityAnalysis] as const,
    ["boundary", analysis.permissionBoundaryAnalysis] as const,
    ["session", analysis.sessionAnalysis] as const,
  ];
  return found.flatMap(([kind, policies]) =>
    policies === undefined
      ? []
      : [
          {
            kind,
            allowing: policies.allowStatements,
            denying: policies.denyStatements,
            unmatched: policies.unmatchedStatements,
          },
        ],
  );
}

/** In AWS's order: control policies, the resource's, the identity's, its boundary, its session. */
function lackingKind(
  analysis: RequestAnalysis | undefined,
  action: string,
): PolicyKind {
  if (analysis === undefined) return "identity";
  const {
    scpAnalysis,
    resourceAnalysis,
    identityAnalysis,
    permissionBoundaryAnalysis,
    sessionAnalysis,
  } = analysis;
  if (scpAnalysis?.result === "ImplicitlyDenied") return "scp";
  const ofResource = resourceAnalysis?.result ?? "NotApplicable";
  if (ofResource !== "Allowed" && ofResource !== "AllowedForAccount") {
    // No right to a role or a key is without its own policy. Of all else, either policy is enough in the
    // same account: the identity's is the one to look at.
    const needed =
      (resourceKind(action) === "trust" || action.startsWith("kms:")) &&
      ofResource !== "NotApplicable";
    if (needed || !analysis.sameAccount) return resourceKind(action);
  }
  if (identityAnalysis?.result !== "Allowed") return "identity";
  if (permissionBoundaryAnalysis?.result === "ImplicitlyDenied") {
    return "boundary";
  }
  return sessionAnalysis?.result === "ImplicitlyDenied"
    ? "session"
    : "identity";
}

/** The first statement that fails by nothing but its conditions. */
function nearestOf(
  kind: PolicyKind,
  unmatched: Statements,
): NearestStatement | undefined {
  const nearest = unmatched.find(
    ({ statement, explain }) =>
      statement.isAllow() &&
      explain.actionMatch &&
      explain.resourceMatch &&
      explain.principalMatch !== "NoMatch" &&
      !explain.conditionMatch,
  );
  if (nearest === undefined) return undefined;
  const unmet = (nearest.explain.conditions ?? [])
    .filter(({ matches }) => !matches)
    .map(
      ({ operator, conditionKeyValue }) => `${operator} ${conditionKeyValue}`,
    );
  return { ...told(kind, nearest), unmet };
}

const told = (
  kind: PolicyKind,
  { policyId, statement }: Statement,
): DecidingStatement => ({
  kind,
  // The simulator has names of its own where a policy has none.
  policy:
    kind === "identity" || kind === "boundary" || kind === "scp"
      ? policyId
      : "",
  sid: statement.sid(),
  index: statement.index(),
});
