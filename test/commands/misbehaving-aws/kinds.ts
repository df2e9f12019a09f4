import type { FaultRule } from "../../../sandbox/aws/faults/settings";

/** How AWS misbehaves, and what a command says then; left out: nothing, and it is done. */
export interface Misbehaviour {
  readonly rule: FaultRule;
  readonly told?: RegExp;
}

/** What a command gets over by itself. */
const passing: Readonly<Record<string, Misbehaviour>> = {
  throttling: { rule: { kind: "throttling", rate: 0.15, times: 1 } },
  "internal failures": { rule: { kind: "internal-failure", rate: 0.3 } },
  "an unavailable service": {
    rule: { kind: "service-unavailable", rate: 0.3 },
  },
  "connections that end before": {
    rule: { kind: "dropped-before", rate: 0.3 },
  },
  "connections that end after": { rule: { kind: "dropped-after", rate: 0.3 } },
  "answers that are cut off": { rule: { kind: "cut-answer", rate: 0.3 } },
  "slow answers": { rule: { kind: "slow", rate: 0.2, milliseconds: 50 } },
  "a call without answer": {
    rule: { kind: "no-answer", rate: 0.2, times: 1 },
  },
  "reads of what was": {
    rule: { kind: "stale", rate: 0.5, behind: { calls: 20 } },
  },
};

/** What keeps a command from its end. */
const lasting: Readonly<Record<string, Misbehaviour>> = {
  "a session that expires": {
    rule: { kind: "expired-session", afterCalls: 2 },
    told: /expired.*Fix: sign in again/,
  },
  "a denial in the middle": {
    rule: { kind: "denial", afterCalls: 4, actions: ["iam:*"] },
    told: /explicit deny in a service control policy.*Fix: /,
  },
  "no answer at all": {
    rule: { kind: "no-answer", rate: 1 },
    told: /did not answer.*Fix: /,
  },
  "no connection at all": {
    rule: { kind: "dropped-before", rate: 1 },
    told: /no connection to AWS held.*Fix: /,
  },
};

/** Takes a minute or two to give up. */
export const slowToGiveUp: Readonly<Record<string, Misbehaviour>> = {
  "throttling without end": {
    rule: { kind: "throttling", rate: 1 },
    told: /throttles.*Fix: /,
  },
  "failures without end": {
    rule: { kind: "internal-failure", rate: 1 },
    told: /AWS fails.*Fix: /,
  },
};

export const misbehaviours = { ...passing, ...lasting };
