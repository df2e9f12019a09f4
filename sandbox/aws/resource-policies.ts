import type { StoredDocument } from "./model";
import { perAccount } from "./per-account";

/** What has a policy of its own, outside IAM: a key, a topic. */
export interface PolicyHolder {
  policy: StoredDocument;
}

/** All that an account has of them, so that the principals in their policies can be kept by id. */
export const policyHoldersOf = perAccount(() => new Set<PolicyHolder>());
