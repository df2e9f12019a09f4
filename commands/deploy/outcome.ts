import type { Leftover } from "../stacks/leftovers";
import type { Changes } from "./watch";

/** undefined: the state could not be read, and nothing else tells. */
export type Leftovers = readonly Leftover[] | undefined;

interface Advised {
  /** What the policy pack has found, and does not stop; left out: nothing. */
  readonly advice?: readonly string[];
}

/** What became of a stack. */
export type Outcome =
  | ({
      readonly kind: "deployed" | "previewed";
      readonly changes: Changes;
    } & Advised)
  /** Left as it is, since its preview shows no change. */
  | ({ readonly kind: "unchanged" } & Advised)
  | {
      readonly kind: "failed";
      readonly at: "start" | "preview" | "deployment";
      /** What the deployment has changed before it failed. */
      readonly changes: Changes;
      readonly reasons: readonly string[];
      readonly leftovers: Leftovers;
    }
  /** Ctrl-C in the middle. */
  | {
      readonly kind: "cut off";
      readonly leftovers: Leftovers;
    }
  /** Ctrl-C before it began. */
  | { readonly kind: "not begun" }
  /** The bastion failed before. */
  | { readonly kind: "left out" };

export interface StackResult {
  readonly stack: string;
  readonly outcome: Outcome;
  readonly seconds: number;
  /** undefined: nothing was run. */
  readonly log: string | undefined;
}

export const isFine = ({ outcome }: StackResult): boolean =>
  ["deployed", "previewed", "unchanged"].includes(outcome.kind);

/** 0: all are as they should be; 1: some are not. */
export const exitCode = (results: readonly StackResult[]): number =>
  results.every(isFine) ? 0 : 1;
