import { quotas } from "../documents/quotas";
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

/** Of all roles of an account that take tokens of an issuer, and of the pipeline. */
export function checkAudiences(
  reader: ConfigReader,
  accounts: readonly WorkloadAccountFacts[],
  roles: ReadonlyMap<string, MachineRole>,
): void {
  const most = quotas.audiencesPerIdentityProvider - 1;
  for (const { name, machineRoles } of accounts) {
    const audiences = new Map<string, Set<string>>();
    for (const role of machineRoles) {
      const trust = roles.get(role)?.trust;
      if (trust?.kind !== "oidc") continue;
      const { issuer, audience } = trust;
      audiences.set(
        issuer,
        new Set([...(audiences.get(issuer) ?? []), audience]),
      );
    }
    for (const [issuer, { size }] of audiences) {
      if (size <= most) continue;
      reader.report(
        `accounts.${name}.roles`,
        `roles that take tokens of ${issuer} for ${size} audiences`,
        `at most ${most}: IAM lets an identity provider have ${quotas.audiencesPerIdentityProvider}, and one is kept for the pipeline`,
      );
    }
  }
}
