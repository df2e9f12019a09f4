import { Effort } from "../decide/effort";
import {
  anyProvider,
  federatedProviders,
  foreignToken,
  isKnownIssuer,
  isShared,
  issuerOf,
  providerOf,
  tellsTenant,
  type IdentityProvider,
  type TokenVerdict,
} from "../decide/federation";
import {
  undecided,
  unknownFinding,
  wrong,
  type Finding,
} from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { tokenWords } from "../findings/words";
import type { RoleTrust } from "../identities/trust-of";
import { valueAt } from "../resources/path";
import { factOf, type Resource } from "../resources/resource";
import { ownTenants } from "../resources/own-tenants";
import { pathToUnknown } from "../resources/unknown";
import { judgeTrust } from "./judge-trust";
import type { Rule } from "./rule";

/** Source: AWS documentation, "Identity-provider controls for shared OIDC providers". */
export const federationIsKnown: Rule = {
  name: "federation-is-known",
  title: "Federated trust is in our own identity providers",
  description:
    "A role takes tokens of the identity providers in the config alone, and of those that serve anybody only such as are made for the config's tenants; no stack makes another provider.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    "Take the provider out; or, when it is yours, name it in the config's identityProviders.",
  judgeResource: (resource, { identityProviders }) =>
    foundAt(resource, {
      named: identityProviders,
      ours: identityProviders,
      counts: (provider) => !mayBeOwn(provider),
    }),
  // What a cluster or a pool is called shows when it is made, and one of the stack's own is ours.
  judgeStack: ({ resources }, { identityProviders }) => {
    const asked = {
      named: identityProviders,
      ours: [
        ...identityProviders,
        ...ownTenants(resources).map((one) => ({ ...one, claims: {} })),
      ],
      counts: mayBeOwn,
    };
    return resources
      .flatMap((resource) => foundAt(resource, asked))
      .filter(({ kind }) => kind !== "unknown");
  },
};

interface Asked {
  /** In the config. */
  readonly named: readonly IdentityProvider[];
  /** Those, and what the stack itself has. */
  readonly ours: readonly IdentityProvider[];
  readonly counts: (provider: string) => boolean;
}

/** Whether stacks make such tenants. */
const mayBeOwn = (provider: string): boolean =>
  ["cluster", "identity pool"].includes(
    providerOf(issuerOf(provider))?.tenant ?? "",
  );

const foundAt = (resource: Resource, asked: Asked): readonly Finding[] => [
  ...madeProvider(resource, asked),
  ...judgeTrust(resource, (trust) => {
    const effort = new Effort();
    return federatedProviders(trust.document)
      .filter(asked.counts)
      .flatMap((provider) => findings(trust, provider, asked, effort));
  }),
];

const findings = (
  { resource, field, document }: RoleTrust,
  provider: string,
  { named, ours }: Asked,
  effort: Effort,
): readonly Finding[] => {
  const verdict = foreignToken(document, provider, ours, effort);
  const key = verdict.answer === "closed" ? "" : verdict.key;
  return findingsOf(untilOursAreNamed(verdict, named), {
    resource,
    field,
    question: `whether every ${key} that ${field} takes from ${provider} is ours`,
    remedy:
      provider === anyProvider
        ? "name the providers whose tokens are yours under Principal, as Federated."
        : remedyFor(
            provider,
            ours,
            "take the provider out of the trust policy",
          ),
    who: (witness) => `Who gets in: ${tokenWords(provider, key, witness)}`,
    open: () => ({
      problem: isKnownIssuer(provider, ours)
        ? `${field} lets in tokens of ${provider} that are for others than the config names.`
        : `${field} trusts ${provider === anyProvider ? "every provider that the account has" : provider}, which the config does not name.`,
    }),
  });
};

const namesNone = "the config's identityProviders name none";

/** Of a config that names nobody, nobody can say who is a stranger. */
const untilOursAreNamed = (
  verdict: TokenVerdict,
  named: readonly IdentityProvider[],
) =>
  verdict.answer === "open" && named.length === 0
    ? ({ ...verdict, answer: "undecided", why: namesNone } as const)
    : verdict;

function remedyFor(
  provider: string,
  ours: readonly IdentityProvider[],
  toRemove: string,
): string {
  const issuer = issuerOf(provider);
  const known = providerOf(issuer);
  const tenant = known && tellsTenant(known) ? known.tenant : undefined;
  if (isKnownIssuer(provider, ours)) {
    return tenant === undefined
      ? `ask for what the config has for ${issuer} in identityProviders under claims; or add what is yours there.`
      : `ask for one of the config's tenants of ${issuer}; or, when that ${tenant} is yours, add it to them in identityProviders.`;
  }
  const entry = {
    issuer,
    ...(isShared(issuer) &&
      (tenant === undefined
        ? { claims: { sub: ["<a subject of yours>"] } }
        : { tenants: [`<your ${tenant}>`] })),
  };
  return `${toRemove}; or, when it is yours, add ${JSON.stringify(entry)} to the config's identityProviders.`;
}

/** Whom a resource makes trust a provider, by the property that says which. */
interface MadeForm {
  readonly field: string;
  readonly trusting: string;
}

const inAccount = { trusting: "the account" };
const oidc = { ...inAccount, field: "url" };
const saml = { ...inAccount, field: "name" };
const ofCluster = { trusting: "the cluster", field: "oidc.issuerUrl" };

/**
 * Source: Amazon EKS user guide, "Grant users access to Kubernetes with an external OIDC provider"; IAM
 * Identity Center user guide, "Using applications with a trusted token issuer".
 */
const made: ReadonlyMap<string, MadeForm> = new Map([
  ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", oidc],
  ["aws-native:iam:OidcProvider", oidc],
  ["aws:iam/samlProvider:SamlProvider", saml],
  ["aws-native:iam:SamlProvider", saml],
  ["aws:eks/identityProviderConfig:IdentityProviderConfig", ofCluster],
  ["aws-native:eks:IdentityProviderConfig", ofCluster],
  [
    "aws:ssoadmin/trustedTokenIssuer:TrustedTokenIssuer",
    {
      trusting: "Identity Center",
      field: "trustedTokenIssuerConfiguration.oidcJwtConfiguration.issuerUrl",
    },
  ],
]);

/** Roles of any other stack may trust one of the account's; who is in the others comes by them. */
function madeProvider(
  resource: Resource,
  { named, ours, counts }: Asked,
): readonly Finding[] {
  const form = made.get(resource.type);
  if (form === undefined) return [];
  const { field, trusting } = form;
  const [first = "", ...inside] = field.split(".");
  const whole = factOf(resource, first);
  const fact = valueAt(whole, inside);
  const unknown = pathToUnknown(fact ?? whole);
  if (unknown !== undefined) {
    const known = fact === undefined ? [first] : [first, ...inside];
    return [unknownFinding({ resource, path: [...known, ...unknown] })];
  }
  if (typeof fact !== "string") return [];
  const issuer =
    form === saml ? `saml-provider/${fact}` : fact.replace(/^https:\/\//, "");
  if (!counts(issuer) || isKnownIssuer(issuer, ours)) return [];
  const remedy = remedyFor(
    issuer,
    ours,
    trusting === inAccount.trusting
      ? "take this provider out of the stack, and out of the trust policies that name it"
      : "take this provider out of the stack",
  );
  return [
    named.length === 0
      ? undecided(
          resource,
          `whether ${issuer} is ours: ${namesNone}.`,
          remedy,
          {
            field,
          },
        )
      : wrong(
          resource,
          `${field} makes ${trusting} trust ${issuer}, which the config does not name.`,
          remedy,
          { field },
        ),
  ];
}
