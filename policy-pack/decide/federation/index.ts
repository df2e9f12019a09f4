export { foreignToken } from "./foreign-token";
export {
  asInArn,
  isKnownIssuer,
  type IdentityProvider,
} from "./identity-provider";
export {
  anyProvider,
  federatedProviders,
  isSaml,
  isShared,
  issuerOf,
  providerOf,
  type Provider,
} from "./providers";
export { tellsTenant, tellsWhose } from "./tells-whose";
export { tokenMayAssume } from "./token-may-assume";
export { tokenCase, type TokenVerdict } from "./token-search";
export { unpinnedToken } from "./unpinned-token";
