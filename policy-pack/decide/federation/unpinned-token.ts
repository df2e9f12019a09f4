import data from "../../data/identity-providers.json";
import type { Document } from "../document";
import { Effort } from "../effort";
import { firstOpen } from "../first-open";
import { beginningOf, certainUpTo, type NamedPart } from "./claim-format";
import { claimsOf } from "./claims";
import {
  isWhollyOurs,
  takesAnySubject,
  type IdentityProvider,
} from "./identity-provider";
import {
  anyProvider,
  federatedProvider,
  isSaml,
  issuerOf,
  providerOf,
  selfHosted,
  type Provider,
} from "./providers";
import {
  findToken,
  keyOf,
  speaksOf,
  type Claim,
  type TokenVerdict,
} from "./token-search";

/**
 * Whether a token gets in that was made for another audience, or for another project than one that is
 * certain. Source: AWS documentation, "Create a role for OpenID Connect federation", and "IAM and AWS STS
 * condition context keys", the keys for OIDC and for SAML federation.
 *
 * @param ours issuers whose tokens are all ours have no strangers, so that the audience is enough
 * @param effort what it may take, with all that is asked of the same document
 */
export const unpinnedToken = (
  trust: Document,
  provider: string,
  ours: readonly IdentityProvider[],
  effort = new Effort(),
): TokenVerdict =>
  firstOpen(
    questionsAbout(trust, provider, ours).map(
      (claims) => () =>
        unlessMeant(
          findToken({ trust, provider, claims, effort }),
          provider,
          ours,
        ),
    ),
  );

/**
 * Of an issuer of our own whose subjects have no published format, every one may be meant: nobody can
 * tell a project from a person there.
 */
const unlessMeant = (
  verdict: TokenVerdict,
  provider: string,
  ours: readonly IdentityProvider[],
): TokenVerdict =>
  verdict.answer === "open" &&
  verdict.key === keyOf(provider, "sub") &&
  providerOf(issuerOf(provider)) === undefined &&
  isWhollyOurs(provider, ours)
    ? {
        answer: "undecided",
        key: verdict.key,
        why: "every subject of the issuer gets in, and the config does not say that all of them may",
      }
    : verdict;

/** Each of them asks for a token of which no claim is certain. */
function questionsAbout(
  trust: Document,
  provider: string,
  ours: readonly IdentityProvider[],
): readonly (readonly Claim[])[] {
  if (provider === anyProvider) {
    return [[{ key: federatedProvider, accepts: isWhole }]];
  }
  if (isSaml(provider)) return [[{ key: "saml:aud", accepts: isSignIn }]];
  const known = providerOf(issuerOf(provider));
  const audiences = (known?.audiences ?? ["aud"]).map((name) => ({
    key: keyOf(provider, name),
    accepts: isWhole,
  }));
  return [audiences, ...questionsAboutSubjects(trust, provider, known, ours)];
}

function questionsAboutSubjects(
  trust: Document,
  provider: string,
  known: Provider | undefined,
  ours: readonly IdentityProvider[],
): readonly (readonly Claim[])[] {
  if (known === undefined || known.claims["sub"]?.length === 0) {
    const areAllMeant = known === undefined ? takesAnySubject : isWhollyOurs;
    return areAllMeant(provider, ours)
      ? []
      : [[{ key: keyOf(provider, "sub"), accepts: namesSubject }]];
  }
  const { claims, ofTenant = {}, guests = {} } = known;
  const certain = (formats: typeof claims, part: NamedPart) =>
    claimsOf(provider, known, formats, part).map(orId);
  const projects = certain(claims, "project");
  if (projects.length === 0) {
    return Object.entries(guests).map(([name, guest]) => [
      {
        key: keyOf(provider, name),
        accepts: (value, hasWildcards) =>
          isWhole(value, hasWildcards) && value !== guest,
      },
    ]);
  }
  const ofTenants = certain(ofTenant, "project");
  return ofTenants.some((one) => speaksOf(trust, one))
    ? [
        [...projects, ...certain(claims, "tenant")],
        [...projects, ...ofTenants],
      ]
    : [projects];
}

const isWhole: Claim["accepts"] = (value, hasWildcards) =>
  !hasWildcards || !/[*?]/.test(value);

const id = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** An id in the place of a subject is of one project, too. */
const orId = (one: Claim): Claim => ({
  ...one,
  accepts: (value, hasWildcards) =>
    one.accepts(value, hasWildcards) || id.test(value),
});

const signIns = data.samlAudiences.hosts.map(
  (host) =>
    new RegExp(`^https://([^/]*\\.)?${host.replaceAll(".", "\\.")}/saml`),
);

/** AWS's own sign-in, of whichever region or provider: it takes no assertion that is for others. */
const isSignIn: Claim["accepts"] = (value, hasWildcards) =>
  isWhole(value, hasWildcards) || signIns.some((one) => one.test(value));

const selfHostedSubjects = selfHosted.map(({ claims: { sub = [] } }) => ({
  beginning: beginningOf(sub[0] ?? ""),
  certain: sub.flatMap((format) => certainUpTo(format, "project") ?? []),
}));

/** Of a subject that is of no format we know, what follows somebody's name may be open. */
function namesSubject(value: string, hasWildcards: boolean): boolean {
  if (isWhole(value, hasWildcards)) return true;
  const published = selfHostedSubjects.find(({ beginning }) =>
    value.startsWith(beginning),
  );
  if (published) return published.certain.some((one) => one.test(value));
  return namesSomebody(value);
}

/**
 * Whether what is certain of a claim names somebody: `user:` says what follows, and nothing of whom, and
 * the host of an address is the service's. An id at the start is one by itself.
 */
export function namesSomebody(value: string): boolean {
  if (isWhole(value, true)) return true;
  const text = value.replace(/^[a-z]+:\/\//, "");
  const [certain = ""] = /^[^*?]*[:/]/.exec(text) ?? [];
  const [first = "", ...others] = certain.split(/[:/]/).filter(Boolean);
  return id.test(first) || others.length > 0;
}
