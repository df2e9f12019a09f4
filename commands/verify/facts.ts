import type { IdentityProvider } from "../../policy-pack/decide/federation";
import { defaultKeyAgeDays } from "../accounts/key-age";
import type { LiveOrganisation } from "../accounts/organisation";
import type { AcceptedUntil } from "./accepted";
import type { DecidedAssignments } from "./assignments";
import type { ExpectedAccess } from "./expected";

/** Days, and what else the caller sets. */
export interface VerificationSettings {
  readonly keyAgeDays: number;
  readonly keyUnusedDays: number;
  /** Accounts that are ours, but not in the config: a security account, the management account. */
  readonly knownAccounts: readonly string[];
  /** ARNs of roles that are known to have power, or to lead to it. */
  readonly knownRoles: readonly string[];
  /** Whose tokens are ours, beside the config's pipeline. */
  readonly identityProviders: readonly IdentityProvider[];
  /** Findings that are known, and accepted until a day. */
  readonly exemptions: readonly AcceptedUntil[];
}

/** Unused keys: CIS AWS Foundations Benchmark v3.0.0, 1.12. */
export const defaultSettings: VerificationSettings = {
  keyAgeDays: defaultKeyAgeDays,
  keyUnusedDays: 45,
  knownAccounts: [],
  knownRoles: [],
  identityProviders: [],
  exemptions: [],
};

/** What was read, and what is known beforehand. */
export interface GivenFacts {
  readonly organisation: LiveOrganisation;
  readonly expected: ExpectedAccess;
  readonly settings: VerificationSettings;
}

/** All that the checks look at. */
export interface Facts extends GivenFacts {
  readonly assignments: DecidedAssignments;
  readonly now: Date;
}
