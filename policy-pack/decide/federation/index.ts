export { foreignToken } from "./foreign-token";
export { isKnownIssuer, type IdentityProvider } from "./identity-provider";
export {
  federatedProviders,
  isSaml,
  isShared,
  issuerOf,
  providerOf,
} from "./providers";
export type { TokenVerdict } from "./token-search";
export { unpinnedToken } from "./unpinned-token";
