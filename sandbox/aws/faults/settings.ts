import type { AskedCall } from "./asked-call";

export interface Range {
  readonly least: number;
  readonly most: number;
}

/**
 * How AWS misbehaves: what a call meets follows from the seed, from the call, and from how often it was
 * asked, whatever comes between.
 */
export interface FaultSettings {
  readonly seed: number;
  /** Milliseconds that each call takes. */
  readonly latency?: Range;
  readonly rules?: readonly FaultRule[];
}

/** Which calls a fault comes to. */
interface Drawn {
  /** Of 1. */
  readonly rate: number;
  /** How often one and the same call meets it; left out: whenever it is drawn. */
  readonly times?: number;
}

/** What is answered in place of the answer, or that nothing is. */
type Refusing = Drawn & {
  readonly kind:
    | "throttling"
    | "internal-failure"
    | "service-unavailable"
    /** The connection ends before anything is done. */
    | "dropped-before"
    /** The connection ends once all is done, and the client is not told. */
    | "dropped-after"
    /** The connection ends in the middle of the answer. */
    | "cut-answer"
    /** The connection stays open, and nothing comes. */
    | "no-answer";
};

type Slow = Drawn & { readonly kind: "slow"; readonly milliseconds: number };

/**
 * Reads, and what STS decides, see IAM as it was. Changes go against what is there now; but the
 * principals of a trust policy are looked up in what was.
 */
type Stale = Drawn & {
  readonly kind: "stale";
  readonly behind: Lag;
};

/** So many calls of IAM and STS, or so many seconds. */
export type Lag = { readonly calls: number } | { readonly seconds: number };

/** Each role's session ends after so many calls. */
interface Expiring {
  readonly kind: "expired-session";
  readonly afterCalls: number;
}

/** After so many calls a service control policy denies these actions in all member accounts. */
interface Denied {
  readonly kind: "denial";
  readonly afterCalls: number;
  readonly actions: readonly string[];
}

export type FaultRule = (Refusing | Slow | Stale | Expiring | Denied) & {
  /** Left out: every call that is signed. */
  readonly of?: (call: AskedCall) => boolean;
};

export type FaultKind = FaultRule["kind"];

/** A rule of one of these kinds. */
export type RuleOf<K extends FaultKind> = FaultRule & { readonly kind: K };
