import { oncePerText } from "../once-per";
import { isSaml, isShared, issuerOf } from "./providers";

/** An identity provider whose tokens are ours: all of them, or those of our tenants. */
export interface IdentityProvider {
  /**
   * The issuer's host and path as AWS has them in the provider's ARN, `saml-provider/<name>`, or the ARN
   * itself; `https://` or `oidc-provider/` may stand before the first. A `*` stands for any text, where
   * the config lets one through.
   */
  readonly issuer: string;
  /** Of an issuer that makes tokens for anybody: owners, groups, organizations, pools, by name or by id. */
  readonly tenants: readonly string[];
  /** By claim: values, with wildcards, that our tokens alone have. */
  readonly claims: Readonly<Record<string, readonly string[]>>;
}

/** The entries that speak of a provider of a trust policy. */
export const entriesFor = (
  provider: string,
  entries: readonly IdentityProvider[],
): readonly IdentityProvider[] =>
  entries.filter(({ issuer }) => {
    const own = issuer.startsWith("arn:") ? provider : issuerOf(provider);
    return patternOf(issuer).test(withoutSlash(own));
  });

export const isKnownIssuer = (
  provider: string,
  entries: readonly IdentityProvider[],
): boolean => entriesFor(provider, entries).length > 0;

/** All of the provider's tokens are ours: it has no strangers. */
export const isWhollyOurs = (
  provider: string,
  entries: readonly IdentityProvider[],
): boolean =>
  takesAnySubject(provider, entries) ||
  (!isShared(issuerOf(provider)) &&
    entriesFor(provider, entries).some(
      ({ tenants, claims }) =>
        tenants.length === 0 && Object.keys(claims).length === 0,
    ));

/** Whether the config says so of every subject: of an issuer that makes tokens for nobody else. */
export const takesAnySubject = (
  provider: string,
  entries: readonly IdentityProvider[],
): boolean =>
  !isShared(issuerOf(provider)) &&
  entriesFor(provider, entries).some(({ claims }) =>
    claims["sub"]?.includes("*"),
  );

const withoutSlash = (issuer: string): string => issuer.replace(/\/$/, "");

/** As AWS has it in the provider's ARN; an ARN stays one. */
export const asInArn = (issuer: string): string =>
  withoutSlash(issuer.replace(/^(https:\/\/|oidc-provider\/)/i, ""));

/** Hosts have no case; names of SAML providers do. */
const patternOf = oncePerText(
  (issuer) =>
    new RegExp(
      `^${asInArn(issuer)
        .split("*")
        .map((text) => text.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"))
        .join(".*")}$`,
      isSaml(issuer) ? "" : "i",
    ),
);
