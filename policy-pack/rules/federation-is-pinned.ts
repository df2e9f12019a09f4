import {
  federatedProviders,
  isPinned,
  type FederationVerdict,
} from "../decide/federation";
import { unknownFinding, type Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { trustOf, type RoleTrust } from "../identities/trust-of";
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
  judgeResource(resource) {
    const reading = trustOf(resource);
    switch (reading.kind) {
      case "none":
        return [];
      case "unknown":
        return [unknownFinding(reading.value)];
      case "trust": {
        const { trust } = reading;
        return federatedProviders(trust.document).flatMap((provider) =>
          findings(trust, provider, isPinned(trust.document, provider)),
        );
      }
    }
  },
};

const findings = (
  { resource, field }: RoleTrust,
  provider: string,
  verdict: FederationVerdict,
): readonly Finding[] =>
  findingsOf(verdict, {
    resource,
    question: `which tokens of ${provider} ${field} lets in`,
    remedy: "ask for audience and subject with StringEquals.",
    open({ key, witness }) {
      const value = witness.values.get(key.toLowerCase());
      return {
        problem: `${field} does not pin ${key}: it lets in tokens of strangers.`,
        who: `Who gets in: anyone with a token of ${provider} ${
          value === undefined
            ? `without ${key}`
            : `whose ${key} is ${value.map((one) => JSON.stringify(one)).join(", ")}`
        }`,
        remedy: remedyFor(key),
      };
    },
  });

const remedyFor = (key: string): string =>
  key.endsWith(":aud")
    ? `ask for StringEquals ${key}, with the audience that your tokens have.`
    : key.startsWith("token.actions.githubusercontent.com")
      ? `ask for ${key} with owner and repository in full, such as "repo:<owner>/<repository>:ref:refs/heads/main".`
      : `ask for StringEquals ${key}, or leave open only what follows the project.`;
