import { tokenIssuer } from "../../infra/documents/pipeline-trust";
import type { IdentityProvider } from "../../policy-pack/decide/federation";
import type { GivenFacts } from "./facts";

/** Whose tokens are ours: the pipeline's, and those that the caller names. */
export const identityProvidersOf = ({
  expected: { pipelineRepository },
  settings,
}: Pick<GivenFacts, "expected" | "settings">): readonly IdentityProvider[] => [
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
