import { randomBytes } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A letter or digit for each byte. */
export const lettersOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => alphabet[byte % 32]).join("");

const letters = (count: number): string => lettersOf(randomBytes(count));

/** A unique id as AWS makes them; the prefix tells the kind (`AIDA` user, `AROA` role, …). */
export const newId = (prefix: string): string => prefix + letters(17);

/** An id that has no prefix, as that of a signing certificate. */
export const newPlainId = (): string => letters(32);

/** As AWS Organizations makes them, after a prefix of its own. */
export const newLowerCaseId = (count: number): string =>
  letters(count).toLowerCase();

/** `AKIA` long-term, `ASIA` temporary. */
export const newAccessKeyId = (prefix: "AKIA" | "ASIA"): string =>
  prefix + letters(16);

export const newSecret = (): string => randomBytes(30).toString("base64");

export const newToken = (): string => randomBytes(180).toString("base64");
