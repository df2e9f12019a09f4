import { Effort } from "../decide/effort";
import {
  federatedProviders,
  foreignToken,
  isKnownIssuer,
  isShared,
  issuerOf,
  providerOf,
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
import { factOf, type Resource } from "../resources/resource";
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
  judgeResource: (resource, { identityProviders }) => [
    ...madeProvider(resource, identityProviders),
    ...judgeTrust(resource, (trust) => {
      const effort = new Effort();
      return federatedProviders(trust.document).flatMap((provider) =>
        findings(
          trust,
          provider,
          foreignToken(trust.document, provider, identityProviders, effort),
          identityProviders,
        ),
      );
    }),
  ],
};

const findings = (
  { resource, field }: RoleTrust,
  provider: string,
  verdict: TokenVerdict,
  ours: readonly IdentityProvider[],
): readonly Finding[] => {
  const key = verdict.answer === "closed" ? "" : verdict.key;
  return findingsOf(untilOursAreNamed(verdict, ours), {
    resource,
    field,
    question: `whether every ${key} that ${field} takes from ${provider} is ours`,
    remedy: remedyFor(provider, ours),
    who: (witness) => `Who gets in: ${tokenWords(provider, key, witness)}`,
    open: () => ({
      problem: isKnownIssuer(provider, ours)
        ? `${field} lets in tokens of ${provider} that are for others than the config names.`
        : `${field} trusts ${provider}, which the config does not name.`,
    }),
  });
};

const namesNone = "the config's identityProviders name none";

/** Of a config that names nobody, nobody can say who is a stranger. */
const untilOursAreNamed = (
  verdict: TokenVerdict,
  ours: readonly IdentityProvider[],
) =>
  verdict.answer === "open" && ours.length === 0
    ? ({ ...verdict, answer: "undecided", why: namesNone } as const)
    : verdict;

function remedyFor(
  provider: string,
  ours: readonly IdentityProvider[],
): string {
  const issuer = issuerOf(provider);
  const tenant = providerOf(issuer)?.tenant;
  if (isKnownIssuer(provider, ours)) {
    return tenant === undefined
      ? `ask for what the config has for ${issuer} in identityProviders under claims; or add what is yours there.`
      : `ask for one of the config's tenants of ${issuer}; or, when that ${tenant} is yours, add it to them in identityProviders.`;
  }
  const entry = isShared(issuer)
    ? { issuer, tenants: [`<your ${tenant ?? "tenant"}>`] }
    : { issuer };
  return `take the provider out of the trust policy; or, when it is yours, add ${JSON.stringify(entry)} to the config's identityProviders.`;
}

/** By type: the property that says which provider a resource makes in the account. */
const made: ReadonlyMap<string, string> = new Map([
  ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", "url"],
  ["aws-native:iam:OidcProvider", "url"],
  ["aws:iam/samlProvider:SamlProvider", "name"],
  ["aws-native:iam:SamlProvider", "name"],
]);

/** Roles of any other stack may trust it, once the account has it. */
function madeProvider(
  resource: Resource,
  ours: readonly IdentityProvider[],
): readonly Finding[] {
  const field = made.get(resource.type);
  if (field === undefined) return [];
  const fact = factOf(resource, field);
  const unknown = pathToUnknown(fact);
  if (unknown !== undefined) {
    return [unknownFinding({ resource, path: [field, ...unknown] })];
  }
  if (typeof fact !== "string") return [];
  const issuer =
    field === "url" ? fact.replace(/^https:\/\//, "") : `saml-provider/${fact}`;
  if (isKnownIssuer(issuer, ours)) return [];
  const remedy = remedyFor(issuer, ours);
  return [
    ours.length === 0
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
          `${field} makes the account trust ${issuer}, which the config does not name.`,
          remedy,
          { field },
        ),
  ];
}
