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
} from "./documents/break-glass-events";
import {
  roleTakenMessage,
  rootUsedMessage,
} from "./documents/break-glass-messages";

/** The alarm in one region of an account. */
export type AlarmPlan = ReturnType<typeof planAlarms>[number];
export type AlarmRulePlan = AlarmPlan["rules"][number];

/** The account's alarms, one a region; none where config has none for it. */
export function planAlarms(
  { organisation: { partition }, breakGlassAlarm }: WorkloadConfig,
  { name, id: accountId }: Pick<WorkloadAccountFacts, "name" | "id">,
) {
  if (!breakGlassAlarm?.accounts.includes(name)) return [];
  const { regions, roles, emails } = breakGlassAlarm;
  const rules = [
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
      /** Who gets a mail, once they have confirmed it. */
      emails,
      rules,
    };
  });
}
