import { awsAccountsIn } from "../decide/aws-accounts";
import type { Document } from "../decide/document";
import {
  isStranger,
  type CallerCase,
  type HiddenPrincipal,
} from "../decide/callers";
import { actionKey, literal } from "../decide/literal";
import { anyMfa } from "../decide/mfa";
import { throughNoNetworkOf, type Owned } from "../decide/own-network";
import {
  accountOfProvider,
  hiddenPrincipals,
  whoElseIsTrusted,
  whoMayUse,
  type ResourceClass,
} from "../decide/resource-policy";
import type { Verdict, Witness } from "../decide/search";
import { forWhomServicesCome } from "../decide/service-callers";
import {
  isForeignTo,
  outsideOf,
  standsIn,
  whoMayAssume,
} from "../decide/trust";
import { undecided, unknownFinding, type Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { callerWords } from "../findings/words";
import type { RoleTrust } from "../identities/trust-of";
import { knownAccounts, type Organisation } from "../organisation/organisation";
import { partitionOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import {
  resourcePolicies,
  type ResourcePolicy,
} from "../identities/resource-policies";
import { atOnce, atTheEnd, type Place } from "./deferred";
import { judgeTrust } from "./judge-trust";
import type { Rule } from "./rule";

export const knownAccountsOnly: Rule = {
  name: "known-accounts-only",
  title: "Nobody but the known accounts",
  description:
    "Trust policies and the policies of resources let in the bastion, the own account and the accounts of the config, and nobody else.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy:
    "Take the foreign account out; or name it in the config, under accounts or, with its external id, under vendors.",
  judgeResource: (resource, organisation) =>
    atOnce(resource, (place) => judge(resource, place, organisation)),
  judgeStack: ({ resources }, organisation) =>
    resources.flatMap((resource) =>
      atTheEnd(resource, resources, (place) =>
        judge(resource, place, organisation),
      ),
    ),
};

const judge = (
  resource: Resource,
  place: Place,
  organisation: Organisation,
): readonly Finding[] => [
  ...judgeTrust(resource, (trust) =>
    trustFindings({ ...trust, account: place.account }, organisation),
  ),
  ...resourcePolicies(resource).flatMap((one): readonly Finding[] => {
    switch (one.kind) {
      case "unknown":
        return [unknownFinding(one.value)];
      case "malformed":
        return [];
      case "policy":
        return resourceFindings(resource, one, place, organisation);
    }
  }),
];

function trustFindings(
  { resource, field, document, account }: RoleTrust,
  organisation: Organisation,
): readonly Finding[] {
  const { vendors, organisations } = organisation;
  const known = knownAccounts(organisation, account);
  const foreign = foreignTo(document, {
    accounts: [...known, ...vendors.map((vendor) => vendor.account)],
    organisations,
    owner: account,
  });
  const assumed = whoMayAssume(document, { ...foreign, mfa: [anyMfa] });
  // No external id comes with a token: vendors count as well.
  const others = whoElseIsTrusted(
    document,
    foreignTo(document, { accounts: known, organisations, owner: account }),
  );
  const toAssume = literal("StringEquals", actionKey, "sts:AssumeRole");
  return [
    ...findings(resource, field, assumed, "a foreign account", inTrust),
    ...findings(resource, field, others, "a foreign account", otherInTrust),
    ...indirect(resource, field, {
      hidden: hiddenPrincipals(document, foreign),
      source: forWhomServicesCome(document, known, [
        toAssume,
        ...standsIn(account),
      ]),
    }),
  ];
}

/** Whoever comes from another account, or with a token of a provider that stands in one. */
const foreignTo = (
  document: Document,
  { owner, ...ours }: Owned & { readonly owner: string | undefined },
): ResourceClass => ({
  counts: (one) =>
    isForeignTo(ours.accounts)(one) || isForeignToken(one, ours.accounts),
  accounts: ours.accounts,
  given: [...outsideOf(ours.organisations), ...standsIn(owner)],
  ofStrangers: throughNoNetworkOf(document, ours),
});

function isForeignToken(
  { caller }: CallerCase,
  known: readonly string[],
): boolean {
  if (caller.kind !== "federated") return false;
  const account = accountOfProvider(caller.provider);
  return account !== undefined && !known.includes(account);
}

const otherInTrust =
  "take that principal out; or, when it is known, name the account in the config under accounts.";

const inTrust =
  "take that principal out; or, when it is known, name the account in the config under accounts, " +
  "or under vendors with its external id.";

const inResourcePolicy =
  "take that principal out; or, when it is known, name the account in the config under accounts. " +
  "A vendor tells no external id here: let it take a role that asks for one.";

function resourceFindings(
  resource: Resource,
  { field, document }: Extract<ResourcePolicy, { readonly kind: "policy" }>,
  { account: owner, isInsideVpc }: Place,
  organisation: Organisation,
): readonly Finding[] {
  const known = knownAccounts(organisation, owner);
  const foreign = foreignTo(document, {
    accounts: [...known, ...awsAccountsIn(document, partitionOf(resource))],
    organisations: organisation.organisations,
    owner,
  });
  const used = whoMayUse(document, {
    ...foreign,
    counts: (one) =>
      (one.caller.kind === "anonymous" || foreign.counts(one)) &&
      // No stranger comes into a network of ours: only who is named may.
      !(isInsideVpc && isStranger(one)),
  });
  return [
    ...findings(resource, field, used, "a foreign account", inResourcePolicy),
    ...indirect(resource, field, {
      hidden: hiddenPrincipals(document, foreign),
      source: forWhomServicesCome(document, known, standsIn(owner)),
    }),
  ];
}

/** Accounts that the document does not name as principals. */
const indirect = (
  resource: Resource,
  field: string,
  {
    hidden,
    source,
  }: {
    readonly hidden: readonly HiddenPrincipal[];
    readonly source: Verdict;
  },
): readonly Finding[] => [
  ...hidden.map((entry) => hiddenFinding(resource, field, entry)),
  ...findings(
    resource,
    field,
    source,
    "a service for a foreign account",
    "take that account out of the conditions; or, when it is known, name it in the config under accounts.",
    serviceWords,
  ),
];

const hiddenFinding = (
  resource: Resource,
  field: string,
  { kind, id }: HiddenPrincipal,
): Finding =>
  undecided(
    resource,
    `whether ${field} lets in a foreign account: that of the ${kind} ${id} does not show.`,
    kind === "canonical user"
      ? "name the account by its id in its place; an origin access identity of CloudFront has an ARN (iamArn)."
      : "take it out: it is what is left of a user or role that was deleted; or name who is meant by ARN.",
    { field, unread: [id] },
  );

/** A service, and the account whose resource has it come. */
function serviceWords(witness: Witness): string {
  const [arn = ""] = witness.values.get("aws:sourcearn") ?? [];
  const [account = arn.split(":")[4] ?? "?"] =
    witness.values.get("aws:sourceaccount") ?? [];
  return `${callerWords(witness)}, for account ${account}`;
}

const findings = (
  resource: Resource,
  field: string,
  verdict: Verdict,
  who: string,
  remedy: string,
  words: (witness: Witness) => string = callerWords,
): readonly Finding[] =>
  findingsOf(verdict, {
    resource,
    field,
    question: `whether ${field} lets in ${who}`,
    remedy: "name the accounts that are meant as principals.",
    who: (witness) => `Who gets in: ${words(witness)}`,
    open: () => ({ problem: `${field} lets in ${who}.`, remedy }),
  });
