import data from "../../data/identity-providers.json";
import { speaksOfAction } from "../could-allow";
import type { Document, Statement } from "../document";
import { oncePer, oncePerText } from "../once-per";
import { speaksOf } from "../principal";
import { isPlainText, templateText } from "../text/template";
import { wholeOf, type ClaimFormat } from "./claim-format";

export type ClaimFormats = Readonly<Record<string, readonly ClaimFormat[]>>;

/** What the tokens of a provider say of whom they are for: a row of data/identity-providers.json. */
export interface Provider {
  /** As condition keys and ARNs have them; `{tenant}`: the issuer makes tokens for one tenant alone. */
  readonly issuers: readonly ClaimFormat[];
  /** What a tenant is called there, and what is one project of it. */
  readonly tenant: string;
  readonly project: string;
  /** A value of the first claim that is certain. */
  readonly example: string;
  /** The audience; left out: `aud`. */
  readonly audiences?: readonly string[];
  /** Each of them tells whose a token is: by the tenant, by a project of it, or by neither, as a whole. */
  readonly claims: ClaimFormats;
  /** Claims that name a project beside a claim that names the tenant, and not alone. */
  readonly ofTenant?: ClaimFormats;
  /** By claim: what it says of those who have not signed in. */
  readonly guests?: Readonly<Record<string, string>>;
  /** Whether subjects of this format come from issuers of any name as well. */
  readonly selfHosted?: boolean;
  /** No two names differ in case alone. */
  readonly ignoresCase?: boolean;
}

export const byToken = "sts:AssumeRoleWithWebIdentity";
export const bySaml = "sts:AssumeRoleWithSAML";

/** Stands for each provider that the account has, or will have. */
export const anyProvider = "*";

/** The key that says which provider made a token. */
export const federatedProvider = "aws:FederatedProvider";

/**
 * Every provider that an Allow statement of the document trusts. One that is open to everybody is
 * open to every provider of the account, of which its conditions may speak.
 */
export const federatedProviders = oncePer(
  ({ statements }: Document): readonly string[] => {
    const allows = statements.filter(({ effect }) => effect === "Allow");
    const named = allows
      .flatMap(({ principals }) => principals?.principals ?? [])
      .flatMap((entry) => (entry.kind === "federated" ? [entry.provider] : []));
    const isOpen = allows.some(isOpenToProviders);
    return [
      ...new Set([
        ...named,
        ...(isOpen ? [anyProvider, ...inConditions(statements)] : []),
      ]),
    ];
  },
);

const isOpenToProviders = (statement: Statement): boolean =>
  speaksOf(statement, { kind: "federated", provider: anyProvider }) &&
  [byToken, bySaml].some((action) => speaksOfAction(statement, action));

/** Keys of a provider's tokens start with its issuer. */
export const issuerOfKey = (key: string): string =>
  key.slice(0, Math.max(0, key.lastIndexOf(":")));

function inConditions(statements: readonly Statement[]): readonly string[] {
  const conditions = statements.flatMap((one) => one.conditions);
  const issuers = conditions
    .map(({ key }) => issuerOfKey(key))
    .filter((issuer) => issuer.includes("."));
  const named = conditions
    .filter(({ key }) => key === federatedProvider.toLowerCase())
    .flatMap(({ values }) => values.filter(isPlainText).map(templateText))
    .filter((provider) => !/[*?]/.test(provider));
  return [...issuers, ...named];
}

/** The path of an issuer may read like it as well. */
export const isSaml = (provider: string): boolean =>
  /^(arn:[^/]*:)?saml-provider\//.test(provider);

/**
 * The issuer of the ARN, the name of one of AWS's own providers, or `saml-provider/<name>`: as it is
 * written.
 */
export const issuerOf = (provider: string): string =>
  provider.replace(/^arn:.*:(oidc-provider\/)?/, "");

const issuers = (data.providers as readonly Provider[]).flatMap((provider) =>
  provider.issuers.map((format) => ({
    provider,
    isShared: !format.includes("{tenant}"),
    pattern: wholeOf(format),
  })),
);

/** An issuer may be written with a slash at its end. */
const find = oncePerText((issuer) =>
  issuers.find(({ pattern }) =>
    pattern.test(issuer.toLowerCase().replace(/\/$/, "")),
  ),
);

/** What is known of an issuer; undefined: it is in no list. */
export const providerOf = (issuer: string): Provider | undefined =>
  find(issuer)?.provider;

/** Whether it makes tokens for anybody, so that only their claims say whose they are. */
export const isShared = (issuer: string): boolean =>
  find(issuer)?.isShared ?? false;

/** Subjects that issuers of any name may make: of services that companies run themselves. */
export const selfHosted: readonly Provider[] = issuers
  .map(({ provider }) => provider)
  .filter((one, index, all) => one.selfHosted && all.indexOf(one) === index);
