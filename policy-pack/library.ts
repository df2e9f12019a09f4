import type { Policies } from "@pulumi/policy";
import { requireOneSdk } from "./engine/one-sdk";
import { listenForPreview } from "./engine/preview";
import { policies as allPolicies } from "./policies";

export type { PackConfig } from "./organisation/pack-config";

/**
 * All policies, for a pack of your own, beside others. To be called once, before `new PolicyPack`.
 *
 * The SDK runs them as it runs any: what our own pack does to be fast (`index.ts`) is left out, since
 * policies would share objects then that the SDK gives to each anew, and another's may write to them.
 */
export function policies(): Policies {
  requireOneSdk();
  listenForPreview();
  return allPolicies();
}
