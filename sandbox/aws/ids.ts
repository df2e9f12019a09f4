import { randomBytes } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const letters = (count: number): string =>
  Array.from(randomBytes(count), (byte) => alphabet[byte % 32]).join("");

/** A unique id as AWS makes them; the prefix tells the kind (`AIDA` user, `AROA` role, …). */
export const newId = (prefix: string): string => prefix + letters(17);

/** `AKIA` long-term, `ASIA` temporary. */
export const newAccessKeyId = (prefix: "AKIA" | "ASIA"): string =>
  prefix + letters(16);

export const newSecret = (): string => randomBytes(30).toString("base64");

export const newToken = (): string => randomBytes(180).toString("base64");
