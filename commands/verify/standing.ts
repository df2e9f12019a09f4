import type { Verdict } from "../../policy-pack/decide/search";

/** How a user stands before a role: what the config says, and what really opens. */
export interface Standing {
  readonly isGranted: boolean;
  readonly withoutMfa: Verdict["answer"];
  readonly freshMfa: Verdict["answer"];
  readonly oldMfa: Verdict["answer"];
  /** Seconds from which MFA counts as old here. */
  readonly oldMfaSeconds: number;
  /** Whether the config lets old MFA in, where it lets the user in at all. */
  readonly takesOldMfa: boolean;
}

const answersOf = (one: Standing) => [one.withoutMfa, one.freshMfa, one.oldMfa];

export const isOpen = (one: Standing): boolean =>
  answersOf(one).includes("open");

/** What belongs into a picture of who can reach what: what opens, or may open, or should. */
export const isReported = (one: Standing): boolean =>
  one.isGranted || answersOf(one).some((answer) => answer !== "closed");

/** How a role opens at all, in one word. */
export type Opening =
  | "without MFA"
  | "MFA of any age"
  | "fresh MFA"
  | "old MFA alone"
  | "closed"
  | "undecided";

export function openingOf(one: Standing): Opening {
  const { withoutMfa, freshMfa, oldMfa } = one;
  if (withoutMfa === "open") return "without MFA";
  if (answersOf(one).includes("undecided")) return "undecided";
  if (freshMfa === "open") {
    return oldMfa === "open" ? "MFA of any age" : "fresh MFA";
  }
  return oldMfa === "open" ? "old MFA alone" : "closed";
}

/** Whether that is just as the config has it. */
export function isAsConfigured(one: Standing): boolean {
  const meant: Opening = one.isGranted
    ? one.takesOldMfa
      ? "MFA of any age"
      : "fresh MFA"
    : "closed";
  return openingOf(one) === meant;
}
