import { administratorsNeedFreshMfa } from "./administrators-need-fresh-mfa";
import { bastionHoldsOnlyIam } from "./bastion-holds-only-iam";
import { documentsAreWellFormed } from "./documents-are-well-formed";
import { federationIsKnown } from "./federation-is-known";
import { federationIsPinned } from "./federation-is-pinned";
import { groupPoliciesOnlyInTheBastion } from "./group-policies-only-in-the-bastion";
import { groupsGiveRolesWithMfa } from "./groups-give-roles-with-mfa";
import { groupsHoldOnlyOwnPolicies } from "./groups-hold-only-own-policies";
import { iamPowerIsGuarded } from "./iam-power-is-guarded";
import { knownAccountsOnly } from "./known-accounts-only";
import { mfaGroupClosesEverything } from "./mfa-group-closes-everything";
import { noEscalationByRoleChaining } from "./no-escalation-by-role-chaining";
import { noLockOut } from "./no-lock-out";
import { noNamesLikeRoot } from "./no-names-like-root";
import { noRolesForGuests } from "./no-roles-for-guests";
import { noSecretsInTheState } from "./no-secrets-in-the-state";
import { noUnreadAccess } from "./no-unread-access";
import { noUnseenCode } from "./no-unseen-code";
import { passwordsAreStrong } from "./passwords-are-strong";
import { peopleNeedMfa } from "./people-need-mfa";
import { peopleOnlyInTheBastion } from "./people-only-in-the-bastion";
import { servicesComeForUs } from "./services-come-for-us";
import { sessionsAreLimited } from "./sessions-are-limited";
import { trustAnchorsAreKnown } from "./trust-anchors-are-known";
import { usersAreInTheMfaGroup } from "./users-are-in-the-mfa-group";
import { usersHoldNoPolicies } from "./users-hold-no-policies";
import { vendorsNeedAnExternalId } from "./vendors-need-an-external-id";
import type { Rule } from "./rule";

const others: readonly Rule[] = [
  peopleOnlyInTheBastion,
  usersHoldNoPolicies,
  usersAreInTheMfaGroup,
  mfaGroupClosesEverything,
  groupPoliciesOnlyInTheBastion,
  groupsHoldOnlyOwnPolicies,
  groupsGiveRolesWithMfa,
  peopleNeedMfa,
  administratorsNeedFreshMfa,
  knownAccountsOnly,
  servicesComeForUs,
  vendorsNeedAnExternalId,
  federationIsPinned,
  federationIsKnown,
  trustAnchorsAreKnown,
  noRolesForGuests,
  iamPowerIsGuarded,
  noEscalationByRoleChaining,
  noLockOut,
  bastionHoldsOnlyIam,
  sessionsAreLimited,
  passwordsAreStrong,
  noNamesLikeRoot,
  noSecretsInTheState,
  noUnseenCode,
  documentsAreWellFormed,
];

export const rules: readonly Rule[] = [...others, noUnreadAccess(others)];
