import type { CallerCase } from "../callers";
import type { Condition, Document } from "../document";
import type { Effort } from "../effort";
import { firstOpen } from "../first-open";
import { keysIn } from "../keys";
import {
  actionKey,
  isMissing,
  isPresent,
  literal,
  not,
  type Literal,
} from "../literal";
import { withoutMfaKeys } from "../mfa";
import type { Operator } from "../operator";
import { search, type Verdict, type Witness } from "../search";
import { isPlainText, templateText } from "../text/template";
import {
  anyProvider,
  bySaml,
  byToken,
  federatedProvider,
  isSaml,
  issuerOf,
  issuerOfKey,
  providerOf,
} from "./providers";

/** A token that gets in, with the key that ought to have kept it out. */
export type TokenVerdict =
  | { readonly answer: "closed" }
  | {
      readonly answer: "open";
      readonly key: string;
      readonly witness: Witness;
    }
  | {
      readonly answer: "undecided";
      readonly key: string;
      readonly why: string;
    };

export const speaksOf = (
  document: Document,
  { key }: Pick<Claim, "key">,
): boolean => keysIn(document).includes(key.toLowerCase());

/** A claim by which a document may tell tokens apart. */
export interface Claim {
  readonly key: string;
  /** Whether all that a value matches is what is asked for; without wildcards a star is a star. */
  readonly accepts: (value: string, hasWildcards: boolean) => boolean;
  /** No two values differ in case alone. */
  readonly ignoresCase?: boolean;
  /** What such values read like, with wildcards; left out: any text. */
  readonly likely?: string;
}

/** The key of a claim; some say it by a key that all requests have. */
export const keyOf = (provider: string, claim: string): string =>
  claim.includes(":") ? claim : `${issuerOf(provider)}:${claim}`;

export interface TokenQuestion {
  readonly trust: Document;
  readonly provider: string;
  readonly claims: readonly Claim[];
  /** What is asked of the token beside. */
  readonly given?: readonly Literal[];
  readonly effort: Effort;
}

/**
 * Looks for a token of the provider of which no claim is as it is asked for, each by itself: one of
 * them is enough to keep strangers out.
 */
export function findToken({
  trust,
  provider,
  claims,
  given = [],
  effort,
}: TokenQuestion): TokenVerdict {
  const conditions = trust.statements.flatMap((one) => one.conditions);
  // What the document asks about tells more than what it leaves out.
  const asked = claims.find((one) => speaksOf(trust, one)) ?? claims[0];
  const key = asked?.key ?? actionKey;
  const outside = claims.flatMap((claim) =>
    conditions.flatMap((one) => accepted(one, claim)).map(not),
  );
  const holder = tokenCase(trust, provider);
  const tokens = (...more: readonly Literal[]): Verdict =>
    search({
      layers: [[trust]],
      caller: holder.caller,
      given: [...holder.given, ...given, ...outside, ...more],
      preferred: new Map([[key.toLowerCase(), ["someone-elses"]]]),
      effort,
    });
  const any = tokens();
  if (any.answer === "closed") return any;
  // One without the claim tells most, then one that reads like the provider's own.
  const verdict = firstOpen([
    () => tokens(isMissing(key)),
    () => tokens(literal("StringLike", key, asked?.likely ?? "?*")),
    () => any,
  ]);
  return verdict.answer === "closed" ? verdict : { ...verdict, key };
}

/** Whoever comes with a token of the provider, of which the document may say something. */
export const tokenCase = (
  document: Document,
  provider: string,
): CallerCase => ({
  caller: { kind: "federated", provider },
  given: [
    literal("StringEquals", actionKey, ...actionsOf(provider)),
    // No MFA of AWS's was given for a token.
    ...withoutMfaKeys.given,
    ...madeBy(provider),
    ...inEachToken(provider).map(isPresent),
    ...foreignKeys(document, provider).map(isMissing),
  ],
  derived: [],
  preferred: new Map(),
});

/** The values of a condition that say what is asked for, as one that they meet. */
function accepted(
  { key, operator, values }: Condition,
  claim: Claim,
): readonly Literal[] {
  if (key !== claim.key.toLowerCase()) return [];
  const name = operator && comparisonOf(operator, claim);
  const texts = values
    .filter(isPlainText)
    .map(templateText)
    .filter((text) =>
      claim.accepts(text, name === "StringLike" || name === "ArnLike"),
    );
  return name === undefined || texts.length === 0
    ? []
    : [literal(name, claim.key, ...texts)];
}

/** The operator without what negates it, or lets it pass when the key is missing. */
function comparisonOf(
  { kind }: Operator,
  { ignoresCase }: Claim,
): string | undefined {
  switch (kind.family) {
    case "text":
      if (kind.style !== "exact")
        return kind.style === "arn" ? "ArnLike" : "StringLike";
      if (!kind.ignoreCase) return "StringEquals";
      return ignoresCase ? "StringEqualsIgnoreCase" : undefined;
    case "number":
      return "NumericEquals";
    default:
      return undefined;
  }
}

function actionsOf(provider: string): readonly string[] {
  if (provider === anyProvider) return [byToken, bySaml];
  return [isSaml(provider) ? bySaml : byToken];
}

/**
 * Source: OpenID Connect Core 1.0, "ID Token"; AWS documentation, "Create an OpenID Connect (OIDC) identity
 * provider in IAM": without an audience that the provider has, no token is taken. AWS gives no key for the issuer, and
 * apps of other sign-ins have tokens of their own kind.
 */
const inEachToken = (provider: string): readonly string[] =>
  provider === anyProvider ||
  isSaml(provider) ||
  providerOf(issuerOf(provider))?.audiences?.includes("aud") === false
    ? []
    : ["aud", "sub"].map((claim) => keyOf(provider, claim));

/** Of the issuer of a key it is not known what its provider is called. */
const madeBy = (provider: string): readonly Literal[] =>
  provider.startsWith("arn:")
    ? [literal("StringEquals", federatedProvider, provider)]
    : [];

/** Keys of other providers, which start with their issuers: a token of this one has none of them. */
function foreignKeys(document: Document, provider: string): readonly string[] {
  const own = issuerOf(provider).toLowerCase();
  return keysIn(document).filter((key) => {
    const issuer = issuerOfKey(key);
    return (
      issuer.includes(".") && !issuer.startsWith(own) && !own.startsWith(issuer)
    );
  });
}
