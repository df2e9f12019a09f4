import type { Removal } from "./removal";

/** In this order, so that whoever can repair a mistake keeps their permissions the longest. */
export const stages = [
  "users' own permissions",
  "administrators' own permissions",
  "groups that are not the pattern's",
  "old access keys",
  "roles that are taken without MFA",
] as const;
export type Stage = (typeof stages)[number];

/** One removal, and what has to happen before. */
export interface Step {
  readonly stage: Stage;
  readonly removal: Removal;
  /** Empty: it is proven that nobody is locked out. */
  readonly waitsFor: readonly string[];
  /** Names of users whose sign-in the proof is about. */
  readonly restsOn: ReadonlySet<string>;
  /** Why it stays until a person decides; empty: nothing else is in use. */
  readonly stays: readonly string[];
}

export const canGo = ({ waitsFor, stays }: Step): boolean =>
  waitsFor.length + stays.length === 0;
