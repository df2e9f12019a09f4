import { Secret, TOTP } from "otpauth";
import type { MfaDevice } from "./model";

/** Seconds that a code lasts. */
const period = 30;

const generator = (seed: string): TOTP =>
  new TOTP({
    secret: Secret.fromBase32(seed),
    algorithm: "SHA1",
    digits: 6,
    period,
  });

/** 64 characters of Base32, as AWS gives them. */
export const newSeed = (): string => new Secret({ size: 40 }).base32;

/** The code that an authenticator shows for the seed at that time. */
export const codeFor = (seed: string, at: Date): string =>
  generator(seed).generate({ timestamp: at.getTime() });

/** Codes are numbered by the periods since 1970. */
export const codeStep = (at: Date): number =>
  Math.floor(at.getTime() / 1_000 / period);

/** How long the code of that time is shown. */
export const secondsLeft = (at: Date): number =>
  period - ((at.getTime() / 1_000) % period);

/**
 * Whether the code is right now, give or take one period; each works once, so a step that was
 * used, and every earlier one, is refused. A right code is marked as used.
 */
export function useCode(device: MfaDevice, code: string, now: Date): boolean {
  const step = matchingStep(device, code, now, 1);
  if (step === undefined) return false;
  device.lastUsedStep = step;
  return true;
}

/** Two codes that follow each other, as enabling and resyncing a device ask for. */
export function useConsecutiveCodes(
  device: MfaDevice,
  first: string,
  second: string,
  now: Date,
): boolean {
  const one = matchingStep(device, first, now, 2);
  const two = matchingStep(device, second, now, 2);
  if (one === undefined || two !== one + 1) return false;
  device.lastUsedStep = two;
  return true;
}

function matchingStep(
  device: MfaDevice,
  code: string,
  now: Date,
  window: number,
): number | undefined {
  const timestamp = now.getTime();
  const delta = generator(device.seed).validate({
    token: code,
    timestamp,
    window,
  });
  if (delta === null) return undefined;
  const step = codeStep(now) + delta;
  return device.lastUsedStep !== undefined && step <= device.lastUsedStep
    ? undefined
    : step;
}
