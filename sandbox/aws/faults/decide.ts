import { createHash } from "node:crypto";
import type { AskedCall } from "./asked-call";
import type { FaultRule, FaultSettings, Range, RuleOf } from "./settings";

/** What is known of a call and of those before it. */
export interface Circumstances {
  readonly call: AskedCall;
  /** How often the same call came before. */
  readonly askedBefore: number;
  /** Calls before it, of everybody. */
  readonly callsBefore: number;
  /** Calls before it that were signed with the same key. */
  readonly callsOfKey: number;
}

/** What a call meets: one rule of each kind at most. */
export interface Met {
  /** Milliseconds. */
  readonly latency: number;
  readonly rules: readonly FaultRule[];
}

/** What a call meets. The same for the same seed, call and number of times that it was asked. */
export function decideFaults(
  { seed, latency, rules = [] }: FaultSettings,
  circumstances: Circumstances,
): Met {
  const { call, askedBefore } = circumstances;
  const chance = (what: string) =>
    draw(`${seed}\n${what}\n${askedBefore}\n${call.identity}`);
  return {
    latency: latency ? within(latency, chance("latency")) : 0,
    rules: rules.filter(
      (rule, index) =>
        rule.of?.(call) !== false &&
        comes(rule, circumstances, () => chance(`${index} ${rule.kind}`)),
    ),
  };
}

/** The first rule of these kinds that a call meets. */
export const metRule = <K extends FaultRule["kind"]>(
  { rules }: Met,
  ...kinds: readonly K[]
): RuleOf<K> | undefined =>
  rules.find((rule): rule is RuleOf<K> =>
    (kinds as readonly string[]).includes(rule.kind),
  );

function comes(
  rule: FaultRule,
  { askedBefore, callsBefore, callsOfKey }: Circumstances,
  chance: () => number,
): boolean {
  switch (rule.kind) {
    case "expired-session":
      return callsOfKey >= rule.afterCalls;
    case "denial":
      return callsBefore >= rule.afterCalls;
    default:
      return askedBefore < (rule.times ?? Infinity) && chance() < rule.rate;
  }
}

const within = ({ least, most }: Range, chance: number): number =>
  Math.round(least + (most - least) * chance);

/** From 0 up to 1, by the text alone. */
const draw = (text: string): number =>
  createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32;
