import type { Identity } from "../identities/identity";
import { trustOf } from "../identities/trust-of";

/**
 * A provider that takes its account from the environment does not show it before the deployment.
 * Where a trust of the stack names a role that is called like one of the stack's own, that role is
 * taken to be meant: its ARN then tells the account.
 *
 * @param known accounts that may be ours: a stranger calls a role as they like
 */
export function inferAccounts(
  roles: readonly Identity[],
  known: readonly string[],
): readonly Identity[] {
  if (roles.every(({ account }) => account !== undefined)) return roles;
  const named = roles
    .flatMap(rolesTrustedBy)
    .filter((arn) => known.includes(arn.split(":")[4] ?? ""));
  const accounts = new Map<string | undefined, string>();
  for (const role of roles) {
    if (role.account !== undefined || role.name === undefined) continue;
    const arn = named.find((one) => one.endsWith(`/${role.name ?? ""}`));
    const account = arn?.split(":")[4];
    if (account !== undefined) accounts.set(providerOf(role), account);
  }
  return roles.map((role) => ({
    ...role,
    account: role.account ?? accounts.get(providerOf(role)),
  }));
}

const providerOf = ({ resource }: Identity): string | undefined =>
  resource?.provider?.urn;

function rolesTrustedBy({ resource }: Identity): readonly string[] {
  const reading = resource === undefined ? undefined : trustOf(resource);
  return reading?.kind === "trust"
    ? reading.trust.document.statements
        .flatMap(({ principals }) => principals?.principals ?? [])
        .flatMap((entry) => (entry.kind === "role" ? [entry.arn] : []))
    : [];
}
