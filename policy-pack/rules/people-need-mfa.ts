import { literal, not, type Literal } from "../decide/literal";
import { withoutMfa } from "../decide/mfa";
import type { Witness } from "../decide/search";
import { isForeignTo, whoMayAssume, type TrustVerdict } from "../decide/trust";
import type { Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { callerWords } from "../findings/words";
import { trustOf, type RoleTrust } from "../identities/trust-of";
import type { Organisation } from "../organisation/organisation";
import { requireMfa } from "../remediations/require-mfa";
import { judgeTrust } from "./judge-trust";
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
  judgeResource: (resource, organisation) =>
    judgeTrust(resource, (trust) =>
      findings(trust, withoutMfaInto(trust, organisation)),
    ),
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
    field,
    question: `whether ${field} lets anybody in without MFA`,
    remedy: `ask for it plainly: Bool aws:MultiFactorAuthPresent "true" in each statement that trusts people.`,
    who: (witness, mfa) =>
      `Who gets in: ${callerWords(witness)}, ${isRole(witness) ? "which carries no MFA" : (mfa?.name ?? "")}`,
    open: ({ witness }) => ({
      problem: `${field} lets people in without MFA.`,
      remedy: isRole(witness)
        ? `trust people of the bastion with MFA instead; or name the role that must come this way in the config's chainingRoles${
            account === undefined
              ? ", and the account in the provider's allowedAccountIds, to show that both stand in one."
              : "."
          }`
        : 'add to that statement the condition Bool aws:MultiFactorAuthPresent "true", without IfExists.',
    }),
  });

const isRole = ({ caller }: Witness): boolean => caller.kind === "role session";
