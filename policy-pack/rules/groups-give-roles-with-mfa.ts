import { withoutMfa } from "../decide/mfa";
import { mayRequest, type Permissions } from "../decide/powers";
import type { TrustVerdict } from "../decide/trust";
import type { Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { requestWords } from "../findings/words";
import type { Identities } from "../identities/gather";
import { documentsOf, sourceOf, type Identity } from "../identities/identity";
import { permissionsOf } from "../identities/permissions";
import type { Organisation } from "../organisation/organisation";
import { isNotOfTheStack, nameOf, unknownOfGroups } from "./held-policies";
import { isBastionStack, type Rule } from "./rule";

export const groupsGiveRolesWithMfa: Rule = {
  name: "groups-give-roles-with-mfa",
  title: "Groups give roles with MFA",
  description:
    "Groups of the bastion let their members take roles only with MFA.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy:
    'Add the condition Bool aws:MultiFactorAuthPresent "true" to the statement that gives sts:AssumeRole.',
  judgeStack({ name, identities }, organisation) {
    if (!isBastionStack(name, organisation)) return [];
    return [
      ...identities.groups.flatMap((group) =>
        rolesWithoutMfa(group, identities, organisation),
      ),
      ...unknownOfGroups(identities),
    ];
  },
};

/** Everybody is in the MFA group, so what it denies counts for every other group. */
function rolesWithoutMfa(
  group: Identity,
  identities: Identities,
  { mfaGroup }: Organisation,
): readonly Finding[] {
  const guard = identities.groups.find(({ name }) => name === mfaGroup);
  const others = guard === undefined || guard === group ? [] : guard.policies;
  const permissions: Permissions = {
    ...permissionsOf(group),
    // What is none of the stack's own has a finding of its own.
    documents: documentsOf([
      ...group.policies.filter((one) => !isNotOfTheStack(one)),
      ...others,
    ]),
  };
  for (const mfa of withoutMfa) {
    const verdict = mayRequest(permissions, {
      action: "sts:AssumeRole",
      resource: "arn:aws*:iam::*:role/?*",
      mfa,
    });
    if (verdict.answer === "closed") continue;
    return withoutMfaFindings(
      group,
      verdict.answer === "open" ? { ...verdict, mfa } : verdict,
    );
  }
  return [];
}

function withoutMfaFindings(
  group: Identity,
  verdict: TrustVerdict,
): readonly Finding[] {
  const [first] = group.policies;
  return findingsOf(verdict, {
    resource: first?.resource ?? group.resource,
    question: `whether members of ${nameOf(group)} can take roles without MFA`,
    remedy:
      'add the condition Bool aws:MultiFactorAuthPresent "true" to the statement that gives sts:AssumeRole.',
    who: (witness, mfa) =>
      `What is allowed: ${requestWords(witness)}, ${mfa?.name ?? ""}`,
    open({ witness }) {
      const { resource = first?.resource ?? group.resource, field = "policy" } =
        sourceOf(group.policies, witness.statements) ?? {};
      return {
        resource,
        field,
        problem: `${field} lets members of ${nameOf(group)} take roles without MFA.`,
      };
    },
  });
}
