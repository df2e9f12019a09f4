import { randomInt } from "node:crypto";

const alphabets = [
  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "abcdefghijklmnopqrstuvwxyz",
  "0123456789",
  "!@#$%^&*()_+-=[]{}|'",
] as const;

/** At least one character of each kind that a password policy can ask for, the rest of any. */
export function newPassword(length: number): string {
  const all = alphabets.join("");
  return Array.from({ length }, (_, index) => {
    const alphabet = alphabets[index] ?? all;
    return { order: randomInt(2 ** 32), one: randomOf(alphabet) };
  })
    .sort((a, b) => a.order - b.order)
    .map(({ one }) => one)
    .join("");
}

const randomOf = (alphabet: string): string =>
  alphabet.charAt(randomInt(alphabet.length));
