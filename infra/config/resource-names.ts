import {
  alarmComponent,
  alarmResources,
  roleResources,
} from "../logical-names";
import type {
  BreakGlassFacts,
  RolePermissions,
  WorkloadAccountFacts,
} from "./model";
import type { ConfigReader } from "./reader";

/** Resources as Pulumi identifies them, by kind and logical name; and what asks for them. */
interface NamedResources {
  readonly resources: readonly string[];
  readonly owner: string;
  /** Where the config says so. */
  readonly path: string;
}

/**
 * Logical names are joined of the names of account, role and policy; two that come out equal would
 * be one resource twice.
 */
export const checkResourceNames = (
  reader: ConfigReader,
  accounts: readonly WorkloadAccountFacts[],
  roles: ReadonlyMap<string, RolePermissions>,
): void => {
  reportRepeated(
    reader,
    "account, role and policy",
    accounts.flatMap((account) =>
      [...account.roles, ...account.machineRoles].map((role) => ({
        resources: resourcesOfRole(account.name, roles.get(role)),
        owner: `account ${account.name} with role ${role}`,
        path: `accounts.${account.name}`,
      })),
    ),
  );
};

/** The same for the alarms: names of account, region and address. */
export const checkAlarmNames = (
  reader: ConfigReader,
  { accounts, regions, emails }: BreakGlassFacts,
): void => {
  reportRepeated(
    reader,
    "account, region and address",
    accounts.flatMap((account) =>
      regions.map((region) => {
        const component = alarmComponent(account, region);
        const { subscription } = alarmResources(component);
        return {
          resources: [
            `the alarm ${component}`,
            ...emails.map((email) => `the subscription ${subscription(email)}`),
          ],
          owner: `account ${account} with region ${region}`,
          path: "breakGlassAlarm",
        };
      }),
    ),
  );
};

/** Reports the first resource of each group that a resource before it has the name of. */
function reportRepeated(
  reader: ConfigReader,
  joined: string,
  groups: readonly NamedResources[],
): void {
  const owners = new Map<string, string>();
  for (const { resources, owner, path } of groups) {
    const repeated = resources.find((resource) => owners.has(resource));
    if (repeated !== undefined) {
      reader.report(
        path,
        `${repeated} of ${owner}, which ${owners.get(repeated) ?? ""} makes as well`,
        `names that still differ when those of ${joined} are joined by -`,
      );
    }
    for (const resource of resources) owners.set(resource, owner);
  }
}

function resourcesOfRole(
  account: string,
  role: RolePermissions | undefined,
): readonly string[] {
  if (role === undefined) return [];
  const names = roleResources(account);
  const ofPolicy = (policy: string) => names.rolePolicy(role.name, policy);
  return [
    `the role ${names.role(role.name)}`,
    ...role.managedPolicies.map((one) => `the attachment ${ofPolicy(one)}`),
    ...Object.keys(role.inlinePolicies).map(
      (one) => `the policy ${ofPolicy(one)}`,
    ),
  ];
}
