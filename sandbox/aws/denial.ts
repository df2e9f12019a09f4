import type {
  RequestAnalysis,
  SuccessfulRunSimulationResults,
} from "@cloud-copilot/iam-simulate";
import type { StoredDocument } from "./model";

/** A kind of policy, as AWS's refusals call it. */
interface Kind {
  /** After "with an explicit deny in". */
  readonly denies: string;
  /** Between "because no" and "allows". */
  readonly lacks: string;
}

const kind = (lacks: string): Kind => ({ denies: `a ${lacks}`, lacks });

const kinds = {
  scp: kind("service control policy"),
  identity: {
    denies: "an identity-based policy",
    lacks: "identity-based policy",
  },
  resource: kind("resource-based policy"),
  trust: { denies: "the role trust policy", lacks: "role trust policy" },
  boundary: kind("permissions boundary"),
  session: kind("session policy"),
};

/**
 * Why a request is refused; empty for a role that is not there, of which AWS tells nothing. AWS names
 * one kind of policy, however many refuse; and of a managed policy that denies, its ARN.
 *
 * Source: AWS documentation, "Troubleshoot access denied error messages"; AWS Security Blog,
 * "Enhanced access denied error messages with policy ARNs".
 */
export function denialOf(
  result: SuccessfulRunSimulationResults,
  action: string,
  resourcePolicy?: StoredDocument,
): string {
  const analysis = analysisOf(result);
  const explicit = explicitDenial(analysis, action);
  if (explicit) {
    const { by, policyId = "" } = explicit;
    const arn = policyId.startsWith("arn:") ? `: ${policyId}` : "";
    return `with an explicit deny in ${by.denies}${arn}`;
  }
  // Every role has a trust policy.
  if (action === "sts:AssumeRole" && resourcePolicy === undefined) return "";
  const { lacks } = implicitDenial(analysis, action);
  return `because no ${lacks} allows the ${action} action`;
}

/** The one request; of several that a wildcard stands for, the first that is not allowed. */
export function analysisOf(
  result: SuccessfulRunSimulationResults,
): RequestAnalysis | undefined {
  if (result.resultType === "single") return result.result.analysis;
  const analyses = result.results.map(({ analysis }) => analysis);
  return analyses.find((one) => one.result !== "Allowed") ?? analyses[0];
}

/** The policy of a role is told by its own name. */
const resourceKind = (action: string): Kind =>
  /^sts:(AssumeRole|TagSession|SetSourceIdentity)/.test(action)
    ? kinds.trust
    : kinds.resource;

function explicitDenial(analysis: RequestAnalysis | undefined, action: string) {
  const denying = [
    ...(analysis?.scpAnalysis?.ouAnalysis ?? []).map((ou) => ({
      by: kinds.scp,
      statements: ou.denyStatements,
    })),
    {
      by: resourceKind(action),
      statements: analysis?.resourceAnalysis?.denyStatements,
    },
    {
      by: kinds.identity,
      statements: analysis?.identityAnalysis?.denyStatements,
    },
    {
      by: kinds.boundary,
      statements: analysis?.permissionBoundaryAnalysis?.denyStatements,
    },
    {
      by: kinds.session,
      statements: analysis?.sessionAnalysis?.denyStatements,
    },
  ].find(({ statements }) => statements !== undefined && statements.length > 0);
  return (
    denying && { by: denying.by, policyId: denying.statements?.[0]?.policyId }
  );
}

/** In AWS's order: control policies, the resource's, the identity's, its boundary, its session. */
function implicitDenial(
  analysis: RequestAnalysis | undefined,
  action: string,
): Kind {
  if (analysis === undefined) return kinds.identity;
  const {
    scpAnalysis,
    resourceAnalysis,
    identityAnalysis,
    permissionBoundaryAnalysis,
    sessionAnalysis,
  } = analysis;
  if (scpAnalysis?.result === "ImplicitlyDenied") return kinds.scp;
  const ofResource = resourceAnalysis?.result ?? "NotApplicable";
  if (ofResource !== "Allowed" && ofResource !== "AllowedForAccount") {
    // No right to a role or a key is without its own policy. Of all else, either policy is enough in the
    // same account: the identity's is the one to look at.
    const needed =
      (resourceKind(action) === kinds.trust || action.startsWith("kms:")) &&
      ofResource !== "NotApplicable";
    if (needed || !analysis.sameAccount) return resourceKind(action);
  }
  if (identityAnalysis?.result !== "Allowed") return kinds.identity;
  if (permissionBoundaryAnalysis?.result === "ImplicitlyDenied") {
    return kinds.boundary;
  }
  return sessionAnalysis?.result === "ImplicitlyDenied"
    ? kinds.session
    : kinds.identity;
}
