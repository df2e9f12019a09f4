import type { WorkloadAccountFacts, WorkloadConfig } from "./config";
import {
  keyPolicy,
  roleTakenRule,
  rootUsedRule,
  topicArn,
  topicPolicy,
} from "./documents/break-glass-access";
import {
  roleTakenPattern,
  rootUsedPattern,
  type EventPattern,
} from "./documents/break-glass-events";
import {
  roleTakenMessage,
  rootUsedMessage,
  type AlarmMessage,
} from "./documents/break-glass-messages";
import type { ResourcePolicy } from "./documents/policy-document";

/** The alarm in one region of an account. */
export interface AlarmPlan {
  readonly region: string;
  readonly topicArn: string;
  readonly topicPolicy: ResourcePolicy;
  readonly keyPolicy: ResourcePolicy;
  /** Who gets a mail, once they have confirmed it. */
  readonly emails: readonly string[];
  readonly rules: readonly AlarmRulePlan[];
}

export interface AlarmRulePlan {
  readonly name: string;
  readonly description: string;
  readonly pattern: EventPattern;
  readonly message: AlarmMessage;
}

/** The account's alarms, one a region; none where config has none for it. */
export function planAlarms(
  { organisation: { partition }, breakGlassAlarm }: WorkloadConfig,
  { name, id: accountId }: Pick<WorkloadAccountFacts, "name" | "id">,
): readonly AlarmPlan[] {
  if (!breakGlassAlarm?.accounts.includes(name)) return [];
  const { regions, roles, emails } = breakGlassAlarm;
  const rules: readonly AlarmRulePlan[] = [
    {
      name: roleTakenRule,
      description: `Tells when somebody takes ${roles.join(", ")}`,
      pattern: roleTakenPattern(partition, accountId, roles),
      message: roleTakenMessage(name, accountId),
    },
    {
      name: rootUsedRule,
      description: "Tells when the root user signs in or calls an API",
      pattern: rootUsedPattern(),
      message: rootUsedMessage(name, accountId),
    },
  ];
  return regions.map((region) => {
    const at = { partition, accountId, region };
    return {
      region,
      topicArn: topicArn(at),
      topicPolicy: topicPolicy(at),
      keyPolicy: keyPolicy(at),
      emails,
      rules,
    };
  });
}
