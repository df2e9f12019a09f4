import { alarmNames } from "../documents/break-glass-access";
import {
  iamChangedPattern,
  namesInPatterns,
  patternCharacters,
  roleTakenAnywherePattern,
  roleTakenPattern,
  roomForKey,
  tamperedPattern,
} from "../documents/break-glass-events";
import { organizationsRole, pipelineRoles, standardRoles } from "../names";
import { homeRegion, iamArn } from "../partition";
import type {
  BreakGlassFacts,
  Organisation,
  WorkloadAccountFacts,
} from "./model";
import type { OrganisationReading } from "./organisation";
import type { ConfigReader } from "./reader";
import { checkRegion } from "./regions";
import { checkReservedNamesOnce } from "./reserved-names";
import { checkAlarmNames } from "./resource-names";
import { checkRolesOfPeople } from "./roles-of-people";
import * as schema from "./schema";

const defaultRoles = [standardRoles.opsSudo];

/**
 * Not `deploymentRole`: a run of the pipeline sets that, and would plan another alarm than a deployment
 * by hand.
 */
const defaultDeployers = [organizationsRole, pipelineRoles.deployment];

/** Reads the alarm's key: off unless `enabled`. `accounts` are those that the stack builds. */
export function readBreakGlassAlarm(
  reader: ConfigReader,
  reading: OrganisationReading,
  accounts: readonly WorkloadAccountFacts[],
): BreakGlassFacts | undefined {
  const { organisation, accountNames, roleNames } = reading;
  const read = reader.structure("breakGlassAlarm", schema.breakGlassAlarm);
  if (read === undefined) return undefined;
  const { enabled, roles = defaultRoles, emails, regions } = read;
  const { deployers = defaultDeployers } = read;
  const named = read.accounts ?? accounts.map(({ name }) => name);
  const at = "breakGlassAlarm";
  const anAccount = "a workload account";
  checkRolesOfPeople(reader, `${at}.roles`, roles, reading);
  reader.unknownNames(`${at}.accounts`, named, accountNames, anAccount);
  if (!enabled) return undefined;
  if (read.deployers === undefined) {
    const ofConfig = [...roleNames, ...reading.machineRoleNames];
    const key = `${at}.deployers`;
    checkReservedNamesOnce(reader, ofConfig, defaultDeployers, key);
  }
  const held = new Set(
    organisation.accounts
      .filter(({ name }) => named.includes(name))
      .flatMap((account) => account.roles),
  );
  read.roles?.forEach((role, index) => {
    if (held.has(role) || !roleNames.includes(role)) return;
    reader.report(
      `${at}.roles[${index}]`,
      `${role}, which no account of the alarm has`,
      "a role of an account that the alarm is for",
    );
  });
  const { partition, region } = organisation;
  const alarm = {
    accounts: named,
    roles,
    emails,
    deployers,
    // Root signs in at the home region; STS records a call where it was made.
    regions: regions ?? [...new Set([homeRegion(partition), region])],
  };
  regions?.forEach((one, index) => {
    checkRegion(reader, `${at}.regions[${index}]`, partition, one);
  });
  checkAlarmNames(reader, alarm);
  checkPatterns(reader, alarm, organisation);
  return alarm;
}

/** What EventBridge would refuse in mid-deployment, since a pattern names too much. */
function checkPatterns(
  reader: ConfigReader,
  { roles, deployers }: BreakGlassFacts,
  { partition, region }: Organisation,
): void {
  const accountId = "000000000000";
  const arns = deployers.map((one) =>
    iamArn(partition, accountId, `role/${one}`),
  );
  const longest = "x".repeat(namesInPatterns);
  const place = { partition, accountId, region, alarm: alarmNames.bastion };
  const sizes = {
    roles: [
      roleTakenPattern(partition, accountId, roles),
      roleTakenAnywherePattern(roles),
    ],
    deployers: [
      iamChangedPattern(arns),
      tamperedPattern(place, [longest], arns),
    ],
  };
  for (const [key, patterns] of Object.entries(sizes)) {
    const size = Math.max(...patterns.map((one) => JSON.stringify(one).length));
    const most = patternCharacters - roomForKey;
    if (size <= most) continue;
    reader.report(
      `breakGlassAlarm.${key}`,
      `names with which an event pattern has ${size} characters`,
      `at most ${most}, which is EventBridge's quota less room for the ARN of the alarm's key: name fewer`,
    );
  }
}
