import { literal, not, type Literal } from "../decide/literal";
import { withoutMfa } from "../decide/mfa";
import { isForeignTo, whoMayAssume, type TrustVerdict } from "../decide/trust";
import { unknownFinding, type Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { callerWords } from "../findings/words";
import { trustOf, type RoleTrust } from "../identities/trust-of";
import type { Organisation } from "../organisation/organisation";
import { requireMfa } from "../remediations/require-mfa";
import type { Rule } from "./rule";

/**
 * Source: AWS documentation, "Configuring MFA-protected API access"; what the keys hold without
 * MFA: "AWS global condition context keys".
 */
export const peopleNeedMfa: Rule = {
  name: "people-need-mfa",
  title: "Who trusts people needs MFA",
  description: "A role that people can take asks for MFA.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    'Let every statement that trusts people ask for Bool aws:MultiFactorAuthPresent "true".',
  judgeResource(resource, organisation) {
    const reading = trustOf(resource);
    switch (reading.kind) {
      case "none":
        return [];
      case "unknown":
        return [unknownFinding(reading.value)];
      case "trust":
        return findings(
          reading.trust,
          withoutMfaInto(reading.trust, organisation),
        );
    }
  },
  remediate(resource, organisation) {
    const reading = trustOf(resource);
    if (reading.kind !== "trust") return undefined;
    const { trust } = reading;
    return requireMfa(trust, organisation, (document) =>
      withoutMfaInto({ ...trust, document }, organisation),
    );
  },
};

/** Vendors can't give a code of ours: they give an external id, which another rule asks for. */
function withoutMfaInto(
  { document, account }: RoleTrust,
  organisation: Organisation,
): TrustVerdict {
  const vendors = organisation.vendors.map((vendor) => vendor.account);
  return whoMayAssume(document, {
    counts: isForeignTo(vendors),
    mfa: withoutMfa,
    accounts: [organisation.bastionAccountId, ...vendors],
    given: exceptChaining(organisation, account),
  });
}

/** Sessions of the roles of the own account that the config lets take others. */
const exceptChaining = (
  { chainingRoles }: Organisation,
  account: string | undefined,
): readonly Literal[] =>
  account === undefined || chainingRoles.length === 0
    ? []
    : [
        not(
          literal(
            "StringLike",
            "aws:PrincipalArn",
            ...chainingRoles.flatMap((name) => [
              `arn:*:iam::${account}:role/${name}`,
              `arn:*:iam::${account}:role/*/${name}`,
            ]),
          ),
        ),
      ];

const findings = (
  { resource, field, account }: RoleTrust,
  verdict: TrustVerdict,
): readonly Finding[] =>
  findingsOf(verdict, {
    resource,
    question: `whether ${field} lets anybody in without MFA`,
    remedy: `ask for it plainly: Bool aws:MultiFactorAuthPresent "true" in each statement that trusts people.`,
    open({ witness, mfa }) {
      const isRole = witness.caller.kind === "role session";
      return {
        problem: `${field} lets people in without MFA.`,
        who: `Who gets in: ${callerWords(witness)}, ${isRole ? "which carries no MFA" : mfa.name}`,
        remedy: isRole
          ? `trust people of the bastion with MFA instead; or name the role that must come this way in the config's chainingRoles${
              account === undefined
                ? ", and the account in the provider's allowedAccountIds, to show that both stand in one."
                : "."
            }`
          : 'add to that statement the condition Bool aws:MultiFactorAuthPresent "true", without IfExists.',
      };
    },
  });
