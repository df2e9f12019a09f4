import type { RoleDefinition, WorkloadAccountFacts } from "./model";
import type { ConfigReader } from "./reader";

/**
 * Pulumi tells the resources of a stack apart by type and name. Names are joined of the account's, the
 * role's and the policy's, and two that come out equal would be one resource twice.
 */
export function checkResourceNames(
  reader: ConfigReader,
  accounts: readonly WorkloadAccountFacts[],
  roles: ReadonlyMap<string, RoleDefinition>,
): void {
  const seen = new Map<string, string>();
  for (const account of accounts) {
    for (const role of account.roles) {
      const owner = `account ${account.name} with role ${role}`;
      const twice = resourceNames(account.name, roles.get(role)).find((name) =>
        seen.has(name),
      );
      if (twice !== undefined) {
        reader.report(
          `accounts.${account.name}`,
          `${twice} of role ${role}, which ${seen.get(twice) ?? ""} makes as well`,
          "names that still differ when those of account, role and policy are joined by -",
        );
      }
      for (const name of resourceNames(account.name, roles.get(role))) {
        seen.set(name, owner);
      }
    }
  }
}

function resourceNames(
  account: string,
  role: RoleDefinition | undefined,
): readonly string[] {
  if (role === undefined) return [];
  const name = `${account}-${role.name}`;
  return [
    `the role ${name}`,
    ...role.managedPolicies.map((one) => `the attachment ${name}-${one}`),
    ...Object.keys(role.inlinePolicies).map(
      (one) => `the policy ${name}-${one}`,
    ),
  ];
}
