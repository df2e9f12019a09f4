import type { StoredDocument } from "./model";
import type { PolicyKind, Reason } from "./reason";

/** A kind of policy, as AWS's refusals call it. */
interface Words {
  /** After "with an explicit deny in". */
  readonly denies: string;
  /** Between "because no" and "allows". */
  readonly lacks: string;
}

const words = (lacks: string): Words => ({ denies: `a ${lacks}`, lacks });

const kinds: Readonly<Record<PolicyKind, Words>> = {
  scp: words("service control policy"),
  identity: {
    denies: "an identity-based policy",
    lacks: "identity-based policy",
  },
  resource: words("resource-based policy"),
  trust: { denies: "the role trust policy", lacks: "role trust policy" },
  boundary: words("permissions boundary"),
  session: words("session policy"),
};

/**
 * Why a request is refused; empty for a role that is not there, of which AWS tells nothing. AWS names
 * one kind of policy, however many refuse; and of a managed policy that denies, its ARN.
 *
 * Source: AWS documentation, "Troubleshoot access denied error messages"; AWS Security Blog,
 * "Enhanced access denied error messages with policy ARNs".
 */
export function denialOf(
  reason: Exclude<Reason, { readonly decided: "allowed" }>,
  action: string,
  resourcePolicy?: StoredDocument,
): string {
  if (reason.decided === "explicitly denied") {
    const { kind, policy } = reason.statement;
    const arn = policy.startsWith("arn:") ? `: ${policy}` : "";
    return `with an explicit deny in ${kinds[kind].denies}${arn}`;
  }
  // Every role has a trust policy.
  if (action === "sts:AssumeRole" && resourcePolicy === undefined) return "";
  return `because no ${kinds[reason.lacking].lacks} allows the ${action} action`;
}
