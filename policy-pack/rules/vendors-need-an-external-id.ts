import type { Document } from "../decide/document";
import { isMissing, literal, not, type Literal } from "../decide/literal";
import { anyMfa } from "../decide/mfa";
import { isOf, whoMayAssume, type TrustVerdict } from "../decide/trust";
import type { Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { callerWords } from "../findings/words";
import type { RoleTrust } from "../identities/trust-of";
import type { Vendor } from "../organisation/organisation";
import { inEachOwnPlace, takenFromOutside } from "./in-each-own-place";
import { judgeTrust } from "./judge-trust";
import type { Rule } from "./rule";

/** Source: AWS documentation, "The confused deputy problem", for vendors and external ids. */
export const vendorsNeedAnExternalId: Rule = {
  name: "vendors-need-an-external-id",
  title: "Vendors need an external id",
  description:
    "A role that lets in a vendor of the config asks it for an external id of the config.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy:
    "Ask the vendor for its external id with StringEquals sts:ExternalId.",
  judgeResource: (resource, organisation) =>
    organisation.vendors.length === 0
      ? []
      : judgeTrust(resource, (trust) =>
          organisation.vendors.flatMap((vendor) =>
            inEachOwnPlace(trust.document, trust, organisation, (own) =>
              findings(
                trust,
                mayComeWithoutId(
                  trust.document,
                  vendor,
                  takenFromOutside(own, organisation),
                ),
              ),
            ),
          ),
        ),
};

const who = "a vendor without an external id of the config";

const findings = (
  { resource, field }: RoleTrust,
  verdict: TrustVerdict,
): readonly Finding[] =>
  findingsOf(verdict, {
    resource,
    field,
    question: `whether ${field} lets in ${who}`,
    remedy:
      "ask for StringEquals sts:ExternalId, with an external id that the config has under vendors, in a statement that trusts the vendor alone: nobody else gives it.",
    who: (witness) => `Who gets in: ${callerWords(witness)}`,
    open: () => ({ problem: `${field} lets in ${who}.` }),
  });

/** A vendor that serves others as well must say for whom it comes. */
function mayComeWithoutId(
  document: Document,
  vendor: Vendor,
  given: readonly Literal[],
): TrustVerdict {
  const { account, externalIds = [] } = vendor;
  const otherId: readonly Literal[] =
    externalIds.length === 0
      ? [isMissing("sts:ExternalId")]
      : [not(literal("StringEquals", "sts:ExternalId", ...externalIds))];
  return whoMayAssume(document, {
    counts: isOf([account]),
    mfa: [anyMfa],
    accounts: [account],
    given: [...given, ...otherId],
    whateverMfa: true,
  });
}
