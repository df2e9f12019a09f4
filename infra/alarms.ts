import { assignmentsOf } from "./assignments";
import type {
  BastionConfig,
  BreakGlassFacts,
  Organisation,
  WorkloadAccountFacts,
  WorkloadConfig,
} from "./config";
import {
  alarmNames,
  keyAlias,
  keyPolicy,
  ruleName,
  topicArn,
  topicPolicy,
  type AlarmName,
  type AlarmPlace,
} from "./documents/break-glass-access";
import {
  iamChangedPattern,
  lockOutPattern,
  roleTakenAnywherePattern,
  roleTakenPattern,
  rootUsedPattern,
  signInWithoutMfaPattern,
  tamperedPattern,
  type EventPattern,
} from "./documents/break-glass-events";
import {
  iamChangedMessage,
  lockOutMessage,
  roleTakenMessage,
  rootUsedMessage,
  signInWithoutMfaMessage,
  tamperedMessage,
  type AlarmMessage,
} from "./documents/break-glass-messages";
import { bastionComponent } from "./logical-names";
import { iamArn, type AccountId, type Partition } from "./partition";

/** The alarm in one region of an account. */
export type AlarmPlan = ReturnType<typeof planAlarm>;

export interface AlarmRulePlan {
  readonly name: string;
  readonly description: string;
  /** May have `keyOfTheAlarm` in it. */
  readonly pattern: EventPattern;
  readonly message: AlarmMessage;
}

type Account = Pick<
  WorkloadAccountFacts,
  "name" | "id" | "roles" | "machineRoles"
>;

/** What a rule looks for, before it has its alarm's name and its account's words. */
interface Told {
  readonly tells: string;
  readonly description: string;
  readonly pattern: EventPattern;
  readonly message: (name: string, accountId: string) => AlarmMessage;
}

/** A workload account's alarms, one a region; none where config has none for it. */
export function planAlarms(
  { organisation, breakGlassAlarm }: WorkloadConfig,
  account: Account,
): readonly AlarmPlan[] {
  if (!breakGlassAlarm?.accounts.includes(account.name)) return [];
  const { partition } = organisation;
  const { roles } = breakGlassAlarm;
  return plans(organisation, breakGlassAlarm, alarmNames.workload, account, [
    {
      tells: "role-taken",
      description: `Tells when somebody takes ${listed(roles)}`,
      pattern: roleTakenPattern(partition, account.id, roles),
      message: roleTakenMessage,
    },
  ]);
}

/** The bastion's alarms, one a region; none where config has none. */
export function planBastionAlarms(config: BastionConfig): readonly AlarmPlan[] {
  const { organisation, accountId, breakGlassAlarm } = config;
  if (breakGlassAlarm === undefined) return [];
  const { partition } = organisation;
  const { roles, deployers } = breakGlassAlarm;
  const administrators = config.users
    .filter((user) =>
      assignmentsOf(config, user).some(({ role }) => roles.includes(role.name)),
    )
    .map(({ name }) => name);
  const account = {
    name: bastionComponent,
    id: accountId,
    roles: [],
    machineRoles: [],
  };
  return plans(organisation, breakGlassAlarm, alarmNames.bastion, account, [
    {
      tells: "role-taken",
      description: `Tells when a user takes ${listed(roles)} in any account`,
      pattern: roleTakenAnywherePattern(roles),
      message: roleTakenMessage,
    },
    {
      tells: "sign-in-without-mfa",
      description: "Tells when a user signs in to the console without MFA",
      pattern: signInWithoutMfaPattern(),
      message: signInWithoutMfaMessage,
    },
    {
      tells: "iam-changed",
      description: "Tells when IAM is changed, but not by a deployment",
      pattern: iamChangedPattern(arnsOf(partition, accountId, deployers)),
      message: iamChangedMessage,
    },
    ...(administrators.length === 0
      ? []
      : [
          {
            tells: "lock-out",
            description: `Tells when a user who can take ${listed(roles)} loses a way in`,
            pattern: lockOutPattern(administrators),
            message: lockOutMessage,
          },
        ]),
  ]);
}

/** EventBridge lets a description have 512 characters: this leaves room for the words around the names. */
const mostOfDescription = 400;

const listed = (roles: readonly string[]): string => {
  const all = roles.join(", ");
  return all.length > mostOfDescription ? `one of ${roles.length} roles` : all;
};

const arnsOf = (
  partition: Partition,
  accountId: AccountId,
  roles: readonly string[],
): readonly string[] =>
  roles.map((role) => iamArn(partition, accountId, `role/${role}`));

/** The same in each region, with what every alarm tells. */
function plans(
  { partition }: Organisation,
  { regions, emails, deployers }: BreakGlassFacts,
  alarm: AlarmName,
  { name, id: accountId, roles, machineRoles }: Account,
  told: readonly Told[],
): readonly AlarmPlan[] {
  const deployerArns = arnsOf(partition, accountId, deployers);
  return regions.map((region) => {
    const at = { partition, accountId, region, alarm };
    const all: readonly Told[] = [
      ...told,
      {
        tells: "root-used",
        description: "Tells when the root user signs in or calls an API",
        pattern: rootUsedPattern(),
        message: rootUsedMessage,
      },
      {
        tells: "tampered",
        description: "Tells when somebody changes what guards the account",
        pattern: tamperedPattern(at, [...roles, ...machineRoles], deployerArns),
        message: tamperedMessage,
      },
    ];
    return planAlarm(at, name, emails, all);
  });
}

const planAlarm = (
  at: AlarmPlace,
  name: string,
  emails: readonly string[],
  told: readonly Told[],
) => ({
  name: at.alarm,
  region: at.region,
  keyAlias: keyAlias(at.alarm),
  topicArn: topicArn(at),
  topicPolicy: topicPolicy(at),
  keyPolicy: keyPolicy(at),
  /** Who gets a mail, once they have confirmed it. */
  emails,
  rules: told.map(
    ({ tells, description, pattern, message }): AlarmRulePlan => ({
      name: ruleName(at.alarm, tells),
      description,
      pattern,
      message: message(name, at.accountId),
    }),
  ),
});
