import type { FaultKind, FaultRule } from "./settings";

/** Of each kind what `npm run sandbox -- --faults` takes. */
export const usualRules: Readonly<Record<FaultKind, FaultRule>> = {
  throttling: { kind: "throttling", rate: 0.2 },
  "internal-failure": { kind: "internal-failure", rate: 0.1 },
  "service-unavailable": { kind: "service-unavailable", rate: 0.1 },
  "dropped-before": { kind: "dropped-before", rate: 0.05 },
  "dropped-after": { kind: "dropped-after", rate: 0.02 },
  "cut-answer": { kind: "cut-answer", rate: 0.05 },
  "no-answer": { kind: "no-answer", rate: 0.01 },
  slow: { kind: "slow", rate: 0.1, milliseconds: 5_000 },
  stale: { kind: "stale", rate: 0.5, behind: { seconds: 5 } },
  "expired-session": { kind: "expired-session", afterCalls: 40 },
  denial: { kind: "denial", afterCalls: 60, actions: ["iam:*"] },
};
