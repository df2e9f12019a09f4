import type { MachineRole, WorkloadAccountFacts } from "./model";
import type { ConfigReader } from "./reader";

/**
 * An account has one identity provider an issuer: the roles that take its tokens have to agree on
 * whether the stack makes it.
 */
export function checkIdentityProviders(
  reader: ConfigReader,
  accounts: readonly WorkloadAccountFacts[],
  roles: ReadonlyMap<string, MachineRole>,
): void {
  const told = new Set<string>();
  for (const { machineRoles } of accounts) {
    const first = new Map<string, MachineRole>();
    for (const name of machineRoles) {
      const role = roles.get(name);
      if (role?.trust.kind !== "oidc") continue;
      const { issuer, existingProvider } = role.trust;
      const other = first.get(issuer);
      first.set(issuer, other ?? role);
      if (other?.trust.kind !== "oidc" || told.has(name)) continue;
      if (other.trust.existingProvider === existingProvider) continue;
      told.add(name);
      reader.report(
        `roles.${name}.trust.oidc.existingProvider`,
        `${String(existingProvider)}, and the role ${other.name} says ${String(other.trust.existingProvider)} of the same issuer`,
        "the same for all roles of an account that take tokens of an issuer",
      );
    }
  }
}
