import {
  federatedProviders,
  isPinned,
  type FederationVerdict,
} from "../decide/federation";
import type { Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import type { RoleTrust } from "../identities/trust-of";
import { judgeTrust } from "./judge-trust";
import type { Rule } from "./rule";

/** Source: AWS documentation, "Create a role for OpenID Connect federation". */
export const federationIsPinned: Rule = {
  name: "federation-is-pinned",
  title: "Federated trust is pinned",
  description:
    "A role that trusts an identity provider asks for an audience and, of OIDC, for a subject that is not open-ended.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    "Ask for the audience with StringEquals, and for the subject down to the repository, project or service account.",
  judgeResource: (resource) =>
    judgeTrust(resource, (trust) =>
      federatedProviders(trust.document).flatMap((provider) =>
        findings(trust, provider, isPinned(trust.document, provider)),
      ),
    ),
};

const findings = (
  { resource, field }: RoleTrust,
  provider: string,
  verdict: FederationVerdict,
): readonly Finding[] => {
  const unpinned = verdict.answer === "open" ? verdict.key : "";
  return findingsOf(verdict, {
    resource,
    field,
    question: `which tokens of ${provider} ${field} lets in`,
    remedy: "ask for audience and subject with StringEquals.",
    who: ({ values }) => {
      const value = values.get(unpinned.toLowerCase());
      return `Who gets in: anyone with a token of ${provider} ${
        value === undefined
          ? `without ${unpinned}`
          : `whose ${unpinned} is ${value.map((one) => JSON.stringify(one)).join(", ")}`
      }`;
    },
    open: ({ key }) => ({
      problem: `${field} does not pin ${key}: it lets in tokens of strangers.`,
      remedy: remedyFor(key),
    }),
  });
};

const remedyFor = (key: string): string =>
  key.endsWith(":aud")
    ? `ask for StringEquals ${key}, with the audience that your tokens have.`
    : key.startsWith("token.actions.githubusercontent.com")
      ? `ask for ${key} with owner and repository in full, such as "repo:<owner>/<repository>:ref:refs/heads/main".`
      : `ask for StringEquals ${key}, or leave open only what follows the project.`;
