import {
  asInArn,
  isSaml,
  isShared,
  issuerOf,
  providerOf,
  tellsTenant,
  tellsWhose,
  type IdentityProvider,
  type Provider,
} from "../decide/federation";
import { wrong, type KnownFinding } from "../findings/finding";

/**
 * What the schema lets through: an entry that makes tokens ours that nobody can tell from others. No
 * such entry counts.
 */
export function problemsWith(entry: IdentityProvider): readonly KnownFinding[] {
  const { issuer } = entry;
  const own = issuerOf(asInArn(issuer));
  if (isForAnybody(own)) {
    return [
      wrong(
        undefined,
        `identityProviders has ${issuer}, and its wildcard stands for issuers that anybody may have: none counts as yours.`,
        "write the issuer in full, as it stands in the provider's ARN, once for each that is yours.",
      ),
    ];
  }
  if (!isWellFormed(asInArn(issuer))) {
    return [
      wrong(
        undefined,
        `identityProviders has ${issuer}, and no provider of AWS's is written so: it matches none.`,
        "write the issuer's host and path, as token.actions.githubusercontent.com; saml-provider/<name>; or the ARN, as arn:aws:iam::<account>:oidc-provider/<host and path>.",
      ),
    ];
  }
  return problemsWithTokens(entry, own);
}

function problemsWithTokens(
  { issuer, tenants, claims }: IdentityProvider,
  own: string,
): readonly KnownFinding[] {
  const provider = providerOf(own);
  const tenant = provider?.tenant ?? "tenant";
  const unnamed = tenants.filter((name) => /^\s*$|[*?]/.test(name));
  if (unnamed.length > 0) {
    return [
      wrong(
        undefined,
        `identityProviders has tenants of ${issuer} that name nobody: ${unnamed.map(quoted).join(", ")}.`,
        `write each ${tenant} in full, by name or by id, once for each that is yours.`,
      ),
    ];
  }
  const missing = Object.entries(claims).filter(
    ([name, values]) =>
      !/^(sts:|saml:)?[^\s:]+$/i.test(name) ||
      values.length === 0 ||
      values.includes(""),
  );
  if (missing.length > 0) {
    return [
      wrong(
        undefined,
        `identityProviders has claims of ${issuer} that no token has: ${missing.map(([name, values]) => `${quoted(name)} ${quoted(values)}`).join(", ")}.`,
        'write each claim as the provider names it, with the values that your tokens have, as { "sub": ["<what the subjects of yours look like>"] }.',
      ),
    ];
  }
  const tells = provider !== undefined && tellsTenant(provider);
  if (tenants.length > 0 && !tells) {
    return [
      wrong(
        undefined,
        `identityProviders has tenants of ${issuer}, and its tokens do not tell them in a way that is known here: none counts as yours.`,
        `add claims in their place, as { "sub": ["<what the subjects of yours look like>"] }; or neither, when all of its tokens are yours.`,
      ),
    ];
  }
  return provider !== undefined && isShared(own)
    ? problemsOfShared({ issuer, tenants, claims }, provider)
    : [];
}

const quoted = (value: unknown): string => JSON.stringify(value);

/**
 * Whoever signs up somewhere has an issuer there: no pattern of hosts or paths tells whose it is. A
 * SAML provider has the name that its own account gives it.
 */
const isForAnybody = (issuer: string): boolean =>
  isSaml(issuer)
    ? !/^saml-provider\/.*[A-Za-z0-9]/.test(issuer)
    : issuer.includes("*");

/**
 * Source: AWS IAM API reference, "CreateOpenIDConnectProvider" (no query parameters, no port) and
 * "CreateSAMLProvider".
 */
const isWellFormed = (issuer: string): boolean =>
  wellFormed.test(issuer) && !issuer.includes("/.well-known/");

const host = String.raw`(oidc-provider/)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/[^\s:?#]*)?`;
const wellFormed = new RegExp(
  String.raw`^(arn:aws[a-z-]*:iam::([0-9]{12}|[0-9]*\*[0-9*]*):)?(saml-provider/[\w.*-]+|${host})$`,
);

function problemsOfShared(
  { issuer, tenants, claims }: IdentityProvider,
  provider: Provider,
): readonly KnownFinding[] {
  const addTenants = tellsTenant(provider)
    ? `add tenants, each the ${provider.tenant} whose tokens are yours`
    : 'add claims, as { "sub": ["<what the subjects of yours look like>"] }';
  const open = Object.entries(claims).flatMap(([name, values]) =>
    values
      .filter((value) => !tellsWhose(provider, name, value))
      .map((value) => `${name} ${quoted(value)}`),
  );
  if (open.length > 0) {
    return [
      wrong(
        undefined,
        `identityProviders has claims of ${issuer} that tokens of anybody have: ${open.join(", ")}.`,
        `${addTenants}; or take values of ${Object.keys(provider.claims).join(", ")} that your tokens alone have.`,
      ),
    ];
  }
  return tenants.length === 0 && Object.keys(claims).length === 0
    ? [
        wrong(
          undefined,
          `identityProviders has ${issuer} without tenants, and it makes tokens for anybody: none counts as yours.`,
          `${addTenants}.`,
        ),
      ]
    : [];
}
