import type { Document } from "../document";
import { Effort } from "../effort";
import { literal, not, type Literal } from "../literal";
import { claimsOf } from "./claims";
import {
  entriesFor,
  isWhollyOurs,
  type IdentityProvider,
} from "./identity-provider";
import {
  anyProvider,
  federatedProvider,
  isSaml,
  issuerOf,
  providerOf,
} from "./providers";
import {
  findToken,
  keyOf,
  type Claim,
  type TokenVerdict,
} from "./token-search";

/**
 * Whether a token gets in that is not ours, however well the document pins it: of an issuer that nobody
 * named, or of another tenant of one that serves anybody.
 */
export function foreignToken(
  trust: Document,
  provider: string,
  ours: readonly IdentityProvider[],
  effort = new Effort(),
): TokenVerdict {
  const find = (claims: readonly Claim[], given: readonly Literal[]) =>
    findToken({ trust, provider, claims, given, effort });
  if (provider === anyProvider) {
    return find(
      [{ key: federatedProvider, accepts: () => false }],
      outside(federatedProvider, ours.map(arnOf)),
    );
  }
  if (isWhollyOurs(provider, ours)) return { answer: "closed" };
  const entries = entriesFor(provider, ours);
  const listed = entries.flatMap(({ claims }) => Object.entries(claims));
  return find(
    tenantClaims(
      provider,
      entries.flatMap(({ tenants }) => tenants),
    ),
    listed.flatMap(([name, values]) => outside(keyOf(provider, name), values)),
  );
}

const outside = (key: string, values: readonly string[]): readonly Literal[] =>
  values.length === 0 ? [] : [not(literal("StringLike", key, ...values))];

const arnOf = ({ issuer }: IdentityProvider): string => {
  if (issuer.startsWith("arn:") || !/[./]/.test(issuer)) return issuer;
  return isSaml(issuer)
    ? `arn:*:iam::*:${issuer}`
    : `arn:*:iam::*:oidc-provider/${issuer}`;
};

/** Where nothing is known of the tokens, what they are called by is the subject. */
function tenantClaims(
  provider: string,
  tenants: readonly string[],
): readonly Claim[] {
  const known = providerOf(issuerOf(provider));
  const claims =
    known === undefined
      ? []
      : claimsOf(provider, known, known.claims, "tenant", tenants);
  return claims.length > 0
    ? claims
    : [
        {
          key: isSaml(provider) ? "saml:aud" : keyOf(provider, "sub"),
          accepts: () => false,
        },
      ];
}
