import { Effort } from "../decide/effort";
import {
  federatedProviders,
  issuerOf,
  providerOf,
  unpinnedToken,
  type TokenVerdict,
} from "../decide/federation";
import type { Witness } from "../decide/search";
import { unpinnedAnchor } from "../decide/unpinned-anchor";
import type { Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { tokenWords } from "../findings/words";
import type { RoleTrust } from "../identities/trust-of";
import { judgeTrust } from "./judge-trust";
import type { Rule } from "./rule";

/**
 * Source: AWS documentation, "Create a role for OpenID Connect federation", and "The IAM Roles
 * Anywhere trust model".
 */
export const federationIsPinned: Rule = {
  name: "federation-is-pinned",
  title: "Federated trust is pinned",
  description:
    "A role that trusts an identity provider asks for an audience and, of OIDC, for one project or service account; one that trusts IAM Roles Anywhere, for a trust anchor.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    "Ask for the audience with StringEquals, and for the subject down to the repository, project or service account; for the trust anchor with ArnEquals.",
  judgeResource: (resource, { identityProviders }) =>
    judgeTrust(resource, (trust) => {
      const effort = new Effort();
      return [
        ...federatedProviders(trust.document).flatMap((provider) =>
          findings(
            trust,
            provider,
            unpinnedToken(trust.document, provider, identityProviders, effort),
          ),
        ),
        ...ofAnchors(trust, effort),
      ];
    }),
};

const ofAnchors = (
  { resource, field, document }: RoleTrust,
  effort: Effort,
): readonly Finding[] =>
  findingsOf(unpinnedAnchor(document, effort), {
    resource,
    field,
    question: `whether certificates of one trust anchor alone take the role of ${field}`,
    remedy:
      "add to that statement ArnEquals aws:SourceArn, without IfExists, with the ARN of the trust anchor whose certificates may take the role; and ask for which of them, as by aws:PrincipalTag/x509Subject/CN.",
    who: () =>
      "Who gets in: anyone with a certificate of any trust anchor that the account has, or will have",
    open: () => ({
      problem: `${field} does not pin aws:SourceArn: the trust anchor is open.`,
    }),
  });

const findings = (
  { resource, field }: RoleTrust,
  provider: string,
  verdict: TokenVerdict,
): readonly Finding[] => {
  const key = verdict.answer === "closed" ? "" : verdict.key;
  const { what, remedy } = wordsFor(provider, key);
  const isOwn = verdict.answer === "undecided" && key.endsWith(":sub");
  return findingsOf(verdict, {
    resource,
    field,
    question: `what ${key} a token of ${provider} must have for ${field}`,
    remedy: isOwn
      ? `${remedy.slice(0, -1)}; or, where each of them may, say so in the config's identityProviders by the claims {"sub":["*"]}.`
      : remedy,
    who: (witness) => `Who gets in: ${tokenWords(provider, key, witness)}`,
    open: ({ witness }) => ({
      problem: `${field} does not pin ${key}: ${what} is open.`,
      remedy: isShared(witness) ? `${inItsOwn}${remedy}` : remedy,
    }),
  });
};

const inItsOwn = "give the provider a statement of its own, and there ";

/** Whether the statement trusts others too, whose requests do not have the provider's keys. */
const isShared = ({ statements }: Witness): boolean =>
  statements.some(({ principals }) => (principals?.principals.length ?? 0) > 1);

/** What is open, and what closes it. */
function wordsFor(
  provider: string,
  key: string,
): { readonly what: string; readonly remedy: string } {
  const claim = key.slice(key.lastIndexOf(":") + 1);
  const known = providerOf(issuerOf(provider));
  const {
    audiences = ["aud"],
    project,
    example,
    claims,
    guests,
  } = known ?? {
    project: "subject",
    example: "<the subject in full>",
    claims: { sub: [] },
  };
  if (key === "aws:FederatedProvider") {
    return {
      what: "the provider",
      remedy: "name the provider under Principal, as Federated.",
    };
  }
  if (audiences.includes(claim)) {
    return {
      what: "the audience",
      remedy: `ask for StringEquals ${key}, with the audience that your tokens have.`,
    };
  }
  const [first = "sub"] = Object.keys(guests ?? claims);
  const asked = key.replace(/[^:]*$/, first);
  return {
    what: `the ${project}`,
    remedy: `ask for ${asked} with the ${project} in full, such as ${JSON.stringify(example)}.`,
  };
}
