import type { Cloud, MfaDevice } from "../aws/model";
import { codeFor, codeStep, secondsLeft } from "../aws/totp";

/** What an authenticator shows at this moment. */
export interface Code {
  readonly serial: string;
  readonly digits: string;
  /** Whether AWS has taken it already: each works once. */
  readonly isUsed: boolean;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly until: number;
}

/** Of every device that somebody has enabled. */
export const codesOf = (cloud: Cloud): readonly Code[] =>
  [...cloud.accounts.values()].flatMap(({ mfaDevices }) =>
    [...mfaDevices.values()]
      .filter(({ enabledFor }) => enabledFor !== undefined)
      .map((device) => codeOf(device, cloud.now())),
  );

export const codeOf = (
  { serial, seed, lastUsedStep }: MfaDevice,
  now: Date,
): Code => ({
  serial,
  digits: codeFor(seed, now),
  isUsed: lastUsedStep !== undefined && lastUsedStep >= codeStep(now),
  // To the second, so that the same code is the same each time that it is told.
  until: Math.round(Date.now() / 1_000 + secondsLeft(now)) * 1_000,
});
