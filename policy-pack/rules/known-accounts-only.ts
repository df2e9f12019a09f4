import type { Document } from "../decide/document";
import { isMissing, literal, not, type Literal } from "../decide/literal";
import { anyMfa } from "../decide/mfa";
import { whoMayUse } from "../decide/resource-policy";
import type { Verdict } from "../decide/search";
import {
  isForeignTo,
  isOf,
  outsideOf,
  stranger,
  whoMayAssume,
} from "../decide/trust";
import { unknownFinding, type Finding } from "../findings/finding";
import { callerWords, throughWords } from "../findings/words";
import { trustOf, type RoleTrust } from "../identities/trust-of";
import {
  knownAccounts,
  type Organisation,
  type Vendor,
} from "../organisation/organisation";
import { accountOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import { resourcePolicies } from "../identities/resource-policies";
import type { Rule } from "./rule";

/** Source: AWS documentation, "The confused deputy problem", for vendors and external ids. */
export const knownAccountsOnly: Rule = {
  name: "known-accounts-only",
  title: "Nobody but the known accounts",
  description:
    "Trust policies and the policies of resources let in the bastion, the own account and the accounts of the config, and nobody else.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy:
    "Take the foreign account out; or name it in the config, under accounts or, with its external id, under vendors.",
  judgeResource(resource, organisation) {
    const reading = trustOf(resource);
    switch (reading.kind) {
      case "trust":
        return trustFindings(reading.trust, organisation);
      case "unknown":
        return [unknownFinding(reading.value)];
      case "none":
        return resourcePolicies(resource).flatMap((one): readonly Finding[] => {
          switch (one.kind) {
            case "unknown":
              return [unknownFinding(one.value)];
            case "malformed":
              return [];
            case "policy":
              return findings(
                resource,
                one.field,
                mayBeUsedByForeigners(one.document, resource, organisation),
                "a foreign account",
                inResourcePolicy,
              );
          }
        });
    }
  },
};

function trustFindings(
  { resource, field, document, account }: RoleTrust,
  organisation: Organisation,
): readonly Finding[] {
  const { vendors, organisations } = organisation;
  const vendorAccounts = vendors.map((vendor) => vendor.account);
  const foreign = whoMayAssume(document, {
    counts: isForeignTo([
      ...knownAccounts(organisation, account),
      ...vendorAccounts,
    ]),
    mfa: [anyMfa],
    accounts: [stranger],
    given: outsideOf(organisations),
  });
  return [
    ...findings(resource, field, foreign, "a foreign account", inTrust),
    ...vendors.flatMap((vendor) =>
      findings(
        resource,
        field,
        mayComeWithoutId(document, vendor),
        "a vendor without an external id of the config",
        "ask for StringEquals sts:ExternalId with an external id that the config has under vendors.",
      ),
    ),
  ];
}

const inTrust =
  "take that principal out; or, when it is known, name the account in the config under accounts, " +
  "or under vendors with its external id.";

const inResourcePolicy =
  "take that principal out; or, when it is known, name the account in the config under accounts. " +
  "A vendor tells no external id here: let it take a role that asks for one.";

/** A vendor that serves others as well must say for whom it comes. */
function mayComeWithoutId(document: Document, vendor: Vendor): Verdict {
  const { account, externalIds = [] } = vendor;
  const otherId: readonly Literal[] =
    externalIds.length === 0
      ? [isMissing("sts:ExternalId")]
      : [not(literal("StringEquals", "sts:ExternalId", ...externalIds))];
  return whoMayAssume(document, {
    counts: isOf([account]),
    mfa: [anyMfa],
    accounts: [account],
    given: otherId,
  });
}

const mayBeUsedByForeigners = (
  document: Document,
  resource: Resource,
  organisation: Organisation,
): Verdict => {
  const known = knownAccounts(organisation, accountOf(resource));
  const isForeign = isForeignTo(known);
  return whoMayUse(document, {
    counts: (one) => one.caller.kind === "anonymous" || isForeign(one),
    accounts: [stranger],
    given: outsideOf(organisation.organisations),
  });
};

function findings(
  resource: Resource,
  field: string,
  verdict: Verdict,
  who: string,
  remedy: string,
): readonly Finding[] {
  switch (verdict.answer) {
    case "closed":
      return [];
    case "undecided":
      return [
        {
          kind: "undecided",
          resource,
          problem: `whether ${field} lets in ${who}: ${verdict.why}.`,
          witness: [],
          remedy: "name the accounts that are meant as principals.",
        },
      ];
    case "open":
      return [
        {
          kind: "wrong",
          resource,
          problem: `${field} lets in ${who}.`,
          witness: [
            `Who gets in: ${callerWords(verdict.witness)}`,
            `Through: ${throughWords(verdict.witness)}`,
          ],
          remedy,
        },
      ];
  }
}
