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
  const characters = Array.from({ length }, (_, index) => {
    const alphabet = alphabets[index] ?? all;
    return alphabet.charAt(randomInt(alphabet.length));
  });
  for (let at = characters.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    const kept = characters[at] ?? "";
    characters[at] = characters[other] ?? "";
    characters[other] = kept;
  }
  return characters.join("");
}
