import { organizationsRole, pipelineRoles, standardRoles } from "../names";
import { homeRegion } from "../partition";
import type { BreakGlassFacts, WorkloadAccountFacts } from "./model";
import type { OrganisationReading } from "./organisation";
import type { ConfigReader } from "./reader";
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
  checkAlarmNames(reader, alarm);
  return alarm;
}
