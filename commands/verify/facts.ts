import type { LiveOrganisation } from "../accounts/organisation";
import type { Assignment } from "./assignments";
import type { ExpectedAccess } from "./expected";

/** Days, and what else the caller sets. */
export interface Limits {
  readonly keyAgeDays: number;
  readonly keyUnusedDays: number;
  /** Accounts that are ours, but not in the config: a security account, the management account. */
  readonly knownAccounts: readonly string[];
}

export const defaultLimits: Limits = {
  keyAgeDays: 90,
  keyUnusedDays: 45,
  knownAccounts: [],
};

/** All that the checks look at. */
export interface Facts {
  readonly organisation: LiveOrganisation;
  readonly expected: ExpectedAccess;
  readonly assignments: readonly Assignment[];
  readonly limits: Limits;
  readonly now: Date;
}
