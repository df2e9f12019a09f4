export { foreignToken } from "./foreign-token";
export { isKnownIssuer, type IdentityProvider } from "./identity-provider";
export {
  anyProvider,
  audiencesOf,
  federatedProviders,
  isOfAnyTenant,
  isSaml,
  isShared,
  issuerOf,
  providerOf,
} from "./providers";
export { mayTokensAssume, type TokenVerdict } from "./token-search";
export { namesSomebody, unpinnedToken } from "./unpinned-token";
