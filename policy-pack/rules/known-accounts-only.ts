import { awsAccountsIn } from "../decide/aws-accounts";
import type { Document } from "../decide/document";
import {
  isStranger,
  type CallerCase,
  type HiddenPrincipal,
} from "../decide/callers";
import type { Literal } from "../decide/literal";
import { anyMfa } from "../decide/mfa";
import { throughNoNetworkOf } from "../decide/own-network";
import { standsIn } from "../decide/own-places";
import {
  accountOfProvider,
  hiddenPrincipals,
  whoElseIsTrusted,
  whoMayUse,
  type ResourceClass,
} from "../decide/resource-policy";
import type { Verdict } from "../decide/search";
import { forWhomServicesCome } from "../decide/service-callers";
import {
  isForeignTo,
  outsideOf,
  toAssume,
  whoMayAssume,
} from "../decide/trust";
import type { KeyProperties } from "../identities/permission-form";
import { foreignRemedy, foreignWords } from "../findings/foreign";
import { undecided, type Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import type { Organisation } from "../organisation/organisation";
import { partitionOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import { whereItStands, type Place } from "./where-it-stands";
import { judgePolicies } from "./judge-policies";
import { judgeTrust } from "./judge-trust";
import { oncePerDocument } from "./once-per-document";
import type { Rule } from "./rule";
import {
  inEachOwnPlace,
  takenFromOutside,
  type Own,
} from "./in-each-own-place";

export const knownAccountsOnly: Rule = {
  name: "known-accounts-only",
  title: "Nobody but the known accounts",
  description:
    "Trust policies and the policies of resources let in the bastion, the own account and the accounts of the config, and nobody else.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy:
    "Take the foreign account out; or name it in the config, under accounts or, with its external id, under vendors.",
  ...whereItStands(judge),
};

const trusts = oncePerDocument();
const policies = oncePerDocument();

/** What findings are about, and whose. */
interface About {
  readonly resource: Resource;
  readonly field: string;
  readonly organisation: Organisation;
  /** Whether the provider could tell the own account, and does not. */
  readonly isOwnUnknown: boolean;
  /** Of a resource that has no statements. */
  readonly properties?: KeyProperties | undefined;
}

function judge(
  resource: Resource,
  place: Place,
  organisation: Organisation,
): readonly Finding[] {
  const isOwnUnknown =
    place.account === undefined && resource.provider !== undefined;
  const about = { resource, organisation, isOwnUnknown };
  return [
    ...judgeTrust(resource, ({ document, field }) =>
      trusts(document, organisation, [place.account], () =>
        inEachOwnPlace(document, place, organisation, (own) =>
          trustFindings(document, { ...about, field }, own),
        ),
      ),
    ),
    ...judgePolicies(resource, (document, field, properties) =>
      policies(
        document,
        organisation,
        [place.account, place.isInsideVpc, partitionOf(resource)],
        () =>
          inEachOwnPlace(document, place, organisation, (own) =>
            resourceFindings(
              document,
              { ...about, field, properties },
              { ...own, isInsideVpc: place.isInsideVpc },
            ),
          ),
      ),
    ),
  ];
}

function trustFindings(
  document: Document,
  about: About,
  own: Own,
): readonly Finding[] {
  const vendors = about.organisation.vendors.map(({ account }) => account);
  const given = takenFromOutside(own, about.organisation);
  const foreign = foreignTo([...own.accounts, ...vendors], given);
  const assumed = whoMayAssume(document, { ...foreign, mfa: [anyMfa] });
  // No external id comes with a token: vendors count as well.
  const others = whoElseIsTrusted(document, foreignTo(own.accounts, given));
  const source = forWhomServicesCome(document, own, [
    ...toAssume,
    ...standsIn(own),
  ]);
  return [
    ...findings(
      about,
      assumed,
      foreigner,
      ", or under vendors with its external id.",
    ),
    ...findings(about, others, foreigner),
    ...hiddenPrincipals(document, foreign).map((one) =>
      hiddenFinding(about, one),
    ),
    ...findings(about, source, serviceForForeigner),
  ];
}

// Anyone may be among them, without an account: the witness tells who it is.
const foreigner = "others than the known accounts";
const serviceForForeigner = `a service for ${foreigner}`;

/** Whoever comes from another account, or with a token of a provider that stands in one. */
const foreignTo = (
  accounts: readonly string[],
  given: readonly Literal[],
): ResourceClass => ({
  counts: (one) => isForeignTo(accounts)(one) || isForeignToken(one, accounts),
  accounts,
  given,
  whateverMfa: true,
});

function isForeignToken(
  { caller }: CallerCase,
  known: readonly string[],
): boolean {
  if (caller.kind !== "federated") return false;
  const account = accountOfProvider(caller.provider);
  return account !== undefined && !known.includes(account);
}

function resourceFindings(
  document: Document,
  about: About,
  { isInsideVpc, ...own }: Own & Pick<Place, "isInsideVpc">,
): readonly Finding[] {
  const others = [
    ...awsAccountsIn(document, partitionOf(about.resource)),
    ...about.organisation.vendors
      .filter(({ resources }) => resources)
      .map(({ account }) => account),
  ];
  const foreign = {
    ...foreignTo(
      [...own.accounts, ...others],
      [...outsideOf(own.organisations), ...standsIn(own)],
    ),
    ofStrangers: throughNoNetworkOf(document, own),
  };
  const used = whoMayUse(document, {
    ...foreign,
    counts: (one) =>
      (one.caller.kind === "anonymous" || foreign.counts(one)) &&
      // No stranger comes into a network of ours: only who is named may.
      !(isInsideVpc && isStranger(one)),
  });
  const source = forWhomServicesCome(document, own, standsIn(own));
  return [
    ...findings(
      about,
      used,
      foreigner,
      ". A vendor tells no external id here: let it take a role that asks for one; or, where it must come so, name it under vendors with resources true.",
    ),
    ...hiddenPrincipals(document, foreign).map((one) =>
      hiddenFinding(about, one),
    ),
    ...findings(about, source, serviceForForeigner),
  ];
}

/** A principal that does not show its account. */
const hiddenFinding = (
  { resource, field }: About,
  { kind, id }: HiddenPrincipal,
): Finding =>
  undecided(
    resource,
    `whether ${field} lets in ${foreigner}: the account of the ${kind} ${id} does not show.`,
    kind === "canonical user"
      ? "name the account by its id in its place, in a policy; an origin access identity of CloudFront has an ARN (iamArn), and a bucket's own user is told as the owner in accessControlPolicy."
      : "take it out: it is what is left of a user or role that was deleted; or name who is meant by ARN.",
    { field, unread: [id] },
  );

const findings = (
  { resource, field, organisation, isOwnUnknown, properties }: About,
  verdict: Verdict,
  who: string,
  vendors = ".",
): readonly Finding[] =>
  findingsOf(verdict, {
    resource,
    field,
    ...(properties && { through: field }),
    question: `whether ${field} lets in ${who}`,
    remedy: "name the accounts that are meant as principals.",
    who: (witness) => `Who gets in: ${foreignWords(witness)}`,
    open: ({ witness }) => ({
      problem: `${field} lets in ${who}.`,
      remedy: foreignRemedy(witness, {
        organisations: organisation.organisations,
        vendors,
        isOwnUnknown,
        field,
        properties,
      }),
    }),
  });
