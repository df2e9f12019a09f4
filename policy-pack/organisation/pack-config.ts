import type { EnforcementLevel } from "@pulumi/policy";
import type { OrganisationConfig } from "./config";

interface Settings {
  readonly enforcementLevel?: EnforcementLevel;
}

/** What stands in the file for `--policy-pack-config`; also for the third argument of `PolicyPack`. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- the SDK takes no interface: one has no index signature
export type PackConfig = {
  readonly organisation?:
    EnforcementLevel | (Settings & Partial<OrganisationConfig>);
  /** The level of all policies that have none here. */
  readonly all?: EnforcementLevel | Settings;
  /** Each rule's name has a hyphen; a misspelt one does nothing. */
  readonly [rule: `${string}-${string}`]: EnforcementLevel | Settings;
};
