import { bastionHoldsOnlyIam } from "./bastion-holds-only-iam";
import { documentsAreWellFormed } from "./documents-are-well-formed";
import { federationIsPinned } from "./federation-is-pinned";
import { iamPowerIsGuarded } from "./iam-power-is-guarded";
import { knownAccountsOnly } from "./known-accounts-only";
import { noEscalationByRoleChaining } from "./no-escalation-by-role-chaining";
import { noLockOut } from "./no-lock-out";
import { peopleNeedMfa } from "./people-need-mfa";
import { peopleOnlyInTheBastion } from "./people-only-in-the-bastion";
import type { Rule } from "./rule";
import { sessionsPasswordsAndKeys } from "./sessions-passwords-and-keys";
import { usersHoldNoPolicies } from "./users-hold-no-policies";

export const rules: readonly Rule[] = [
  peopleOnlyInTheBastion,
  usersHoldNoPolicies,
  peopleNeedMfa,
  knownAccountsOnly,
  federationIsPinned,
  iamPowerIsGuarded,
  noEscalationByRoleChaining,
  noLockOut,
  bastionHoldsOnlyIam,
  sessionsPasswordsAndKeys,
  documentsAreWellFormed,
];
