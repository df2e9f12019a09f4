import {
  alarmComponent,
  alarmResources,
  workloadResources,
} from "../logical-names";
import type {
  BreakGlassFacts,
  RoleDefinition,
  WorkloadAccountFacts,
} from "./model";
import type { ConfigReader } from "./reader";

/** A resource as Pulumi identifies it, by kind and logical name; and what asks for it. */
interface NamedResource {
  readonly resource: string;
  readonly owner: string;
  /** Where the config says so. */
  readonly path: string;
}

/**
 * Logical names are joined of the names of account, role and policy; two that come out equal would
 * be one resource twice.
 */
export function checkResourceNames(
  reader: ConfigReader,
  accounts: readonly WorkloadAccountFacts[],
  roles: ReadonlyMap<string, RoleDefinition>,
): void {
  reportRepeated(
    reader,
    accounts.flatMap((account) =>
      account.roles.map((role) =>
        resourcesOfRole(account.name, roles.get(role)).map((resource) => ({
          resource,
          owner: `account ${account.name} with role ${role}`,
          path: `accounts.${account.name}`,
        })),
      ),
    ),
    "names that still differ when those of account, role and policy are joined by -",
  );
}

/** The same for the alarms: names of account, region and address. */
export function checkAlarmNames(
  reader: ConfigReader,
  { accounts, regions, emails }: BreakGlassFacts,
): void {
  reportRepeated(
    reader,
    accounts.flatMap((account) =>
      regions.map((region) => {
        const component = alarmComponent(account, region);
        return [
          `the alarm ${component}`,
          ...emails.map(
            (email) =>
              `the subscription ${alarmResources(component).subscription(email)}`,
          ),
        ].map((resource) => ({
          resource,
          owner: `account ${account} with region ${region}`,
          path: "breakGlassAlarm",
        }));
      }),
    ),
    "names that still differ when those of account, region and address are joined by -",
  );
}

/** Reports the first resource of each group that a resource before it has the name of. */
function reportRepeated(
  reader: ConfigReader,
  groups: readonly (readonly NamedResource[])[],
  expected: string,
): void {
  const owners = new Map<string, string>();
  for (const group of groups) {
    let reported = false;
    for (const { resource, owner, path } of group) {
      const other = owners.get(resource);
      if (other !== undefined && !reported) {
        reported = true;
        reader.report(
          path,
          `${resource} of ${owner}, which ${other} makes as well`,
          expected,
        );
      }
      owners.set(resource, owner);
    }
  }
}

function resourcesOfRole(
  account: string,
  role: RoleDefinition | undefined,
): readonly string[] {
  if (role === undefined) return [];
  const names = workloadResources(account);
  const ofPolicy = (policy: string) => names.rolePolicy(role.name, policy);
  return [
    `the role ${names.role(role.name)}`,
    ...role.managedPolicies.map((one) => `the attachment ${ofPolicy(one)}`),
    ...Object.keys(role.inlinePolicies).map(
      (one) => `the policy ${ofPolicy(one)}`,
    ),
  ];
}
