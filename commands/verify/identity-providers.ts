import { tokenIssuer } from "../../infra/documents/pipeline-trust";
import type { IdentityProvider } from "../../policy-pack/decide/federation";
import type { GivenFacts } from "./facts";

/** Whose tokens are ours: the pipeline's, those of the config's roles, and those that the caller names. */
export const identityProvidersOf = ({
  expected: { pipelineRepository, accounts },
  settings,
}: Pick<GivenFacts, "expected" | "settings">): readonly IdentityProvider[] => [
  ...accounts
    .flatMap(({ identityProviders }) => identityProviders)
    .filter(({ subjects }) => subjects.length > 0)
    .map(({ issuer, subjects }) => ({
      issuer,
      tenants: [],
      claims: { sub: subjects },
    })),
  ...(pipelineRepository === null
    ? []
    : [
        {
          issuer: tokenIssuer,
          tenants: [ownerOf(pipelineRepository)],
          claims: {},
        },
      ]),
  ...settings.identityProviders,
];

/** By id, where the repository's tokens carry one: somebody else may take a name over. */
const ownerOf = (repository: string): string => {
  const [owner = ""] = repository.split("/");
  return owner.split("@").at(-1) ?? owner;
};
