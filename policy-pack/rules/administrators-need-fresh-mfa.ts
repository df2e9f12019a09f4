import { withMfaOlderThan } from "../decide/mfa";
import { whoMayAssume } from "../decide/trust";
import { unknownFinding, type Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { callerWords } from "../findings/words";
import { unknownName } from "../identities/name";
import type { RoleTrust } from "../identities/trust-of";
import type { Organisation } from "../organisation/organisation";
import { judgeTrust } from "./judge-trust";
import { isAdministrator, type Rule } from "./rule";

/**
 * Source: AWS documentation, "AWS global condition context keys", aws:MultiFactorAuthAge. A named
 * administrator is held to it whatever its policies are, since another stack may attach them.
 */
export const administratorsNeedFreshMfa: Rule = {
  name: "administrators-need-fresh-mfa",
  title: "Administrators need fresh MFA",
  description:
    "A role of the config's administratorRoles asks people for an MFA code that is not older than the limit.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy: "Ask for a fresh MFA: NumericLessThan aws:MultiFactorAuthAge.",
  judgeResource: (resource, organisation) =>
    judgeTrust(resource, (trust) => administratorFindings(trust, organisation)),
};

function administratorFindings(
  trust: RoleTrust,
  organisation: Organisation,
): readonly Finding[] {
  const [unknown] = unknownName(trust.resource);
  if (unknown === undefined) {
    return isAdministrator(trust.roleName, organisation)
      ? staleMfaFindings(trust, organisation)
      : [];
  }
  const isStale = staleMfaFindings(trust, organisation).length > 0;
  return isStale ? [unknownFinding(unknown)] : [];
}

/** Without any MFA is another rule's question. */
function staleMfaFindings(
  { resource, field, document }: RoleTrust,
  { bastionAccountId, limits }: Organisation,
): readonly Finding[] {
  const age = limits.administratorMfaAge;
  const verdict = whoMayAssume(document, {
    // A role's session carries no MFA, so none of any age.
    counts: ({ caller }) => caller.kind === "user",
    mfa: [withMfaOlderThan(age)],
    accounts: [bastionAccountId],
  });
  return findingsOf(verdict, {
    resource,
    field,
    question: `how old the MFA may be that ${field} asks of an administrator`,
    remedy: `add the condition NumericLessThan aws:MultiFactorAuthAge "${age}" to each statement that trusts people, and trust nobody else there: no other carries it.`,
    who: (witness, mfa) =>
      `Who gets in: ${callerWords(witness)}, ${mfa?.name ?? ""}`,
    open: () => ({
      problem: `${field} lets people become administrator with an MFA code of any age.`,
    }),
  });
}
