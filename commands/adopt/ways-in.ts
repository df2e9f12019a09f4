import type { LiveUser } from "../accounts/live-account";
import { showsCodes } from "../accounts/mfa-device";
import type { RemovalCriteria } from "./superseded";
import { usedOfLate } from "./used-within";

/** Whether the user could ever sign in with MFA, as things stand: to the console, or by a code. */
export const canUseMfa = ({ hasPassword, devices }: LiveUser): boolean =>
  hasPassword || devices.some(showsCodes);

/**
 * Whether it is a program's: it signs in by an access key alone, has no MFA, and was at work lately.
 * A program can't give a code, so a password would help nobody.
 */
export const isProgram = (
  { hasPassword, devices, accessKeys }: LiveUser,
  criteria: Pick<RemovalCriteria, "now" | "usedWithinDays">,
): boolean =>
  !hasPassword &&
  devices.length === 0 &&
  accessKeys.some(
    ({ isActive, lastUsedAt }) =>
      isActive && usedOfLate(lastUsedAt, criteria) !== undefined,
  );

/** When one of the user's active keys was last used; undefined: none ever was. */
export const keysLastUsedAt = ({ accessKeys }: LiveUser): Date | undefined =>
  accessKeys
    .filter(({ isActive }) => isActive)
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .sort((a, b) => b.getTime() - a.getTime())[0];
