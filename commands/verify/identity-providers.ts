import { tokenIssuer } from "../../infra/documents/pipeline-trust";
import type { IdentityProvider } from "../../policy-pack/decide/federation";
import type { LiveRole } from "../accounts/live-account";
import type { NamedAccount } from "../accounts/organisation";
import { identityProvidersIn, roleIn } from "./expected";
import type { ExpectedIdentityProvider } from "./expected-identity-provider";
import type { GivenFacts } from "./facts";

type Given = Pick<GivenFacts, "expected" | "settings">;

/** Whose tokens are ours, in whichever account: also those that roles of the config take in another. */
export const identityProvidersOf = (
  facts: Given,
): readonly IdentityProvider[] => [
  ...facts.expected.accounts.flatMap(({ identityProviders }) =>
    takenByRoles(identityProviders),
  ),
  ...namedProviders(facts),
];

/**
 * Whose tokens the role may let in. The config says whom its own roles let in, and of no other role: one
 * that takes the same tokens is more than the config gives them.
 */
export const identityProvidersFor = (
  facts: Given,
  account: NamedAccount,
  role: Pick<LiveRole, "name">,
): readonly IdentityProvider[] => [
  ...(roleIn(facts.expected, account, role) === undefined
    ? []
    : takenByRoles(identityProvidersIn(facts.expected, account))),
  ...namedProviders(facts),
];

/** Those that any role may take: the pipeline's owner's, and what the caller names. */
export const namedProviders = ({
  expected: { pipelineRepository },
  settings,
}: Given): readonly IdentityProvider[] => [
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

const takenByRoles = (
  providers: readonly ExpectedIdentityProvider[],
): readonly IdentityProvider[] =>
  providers
    .filter(({ subjects }) => subjects.length > 0)
    .map(({ issuer, subjects }) => ({
      issuer,
      tenants: [],
      claims: { sub: subjects },
    }));

/** By id, where the repository's tokens carry one: somebody else may take a name over. */
const ownerOf = (repository: string): string => {
  const [owner = ""] = repository.split("/");
  return owner.split("@").at(-1) ?? owner;
};
