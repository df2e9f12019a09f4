import type { LiveUser } from "../accounts/live-account";
import type { RemovalCriteria } from "./superseded";
import { usedOfLate } from "./used-within";

/**
 * Whether the device shows codes, which a session by an access key takes: virtual devices, whose ARN
 * has `:mfa/`, and hardware tokens, which have a serial number. Security keys and passkeys, `:u2f/`,
 * answer a browser alone. Source: AWS STS API reference, "GetSessionToken", SerialNumber; AWS
 * Knowledge Center, "How do I use an MFA token to authenticate access to my AWS resources through the
 * AWS CLI?"
 */
export const showsCodes = (serial: string): boolean =>
  !serial.startsWith("arn:") || serial.includes(":mfa/");

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
