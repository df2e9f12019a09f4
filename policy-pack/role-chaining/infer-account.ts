import type { Identity } from "../identities/identity";
import { trustOf } from "../identities/trust-of";

/** A role in an account that it may stand in. */
export interface PlacedRole extends Identity {
  /** Whether it may as well stand in another. */
  readonly mayBeElsewhere: boolean;
}

/**
 * A provider that takes its account from the environment does not show it before the deployment.
 * Where a trust of the stack names a role that is called like one of the stack's own, that role is
 * taken to be meant: its ARN then tells the account. Where such ARNs tell several, each may be it.
 *
 * @param known accounts that may be ours: a stranger calls a role as they like
 */
export function inferAccounts(
  roles: readonly Identity[],
  known: readonly string[],
): readonly PlacedRole[] {
  const unplaced = roles.filter(({ account }) => account === undefined);
  const named = unplaced.length === 0 ? [] : roles.flatMap(rolesTrustedBy);
  const ours = named.filter(({ account }) => known.includes(account));
  const accounts = new Map<string | undefined, Set<string>>();
  for (const role of unplaced) {
    const possible = accounts.get(providerOf(role)) ?? new Set();
    accounts.set(providerOf(role), possible);
    for (const { name, account } of ours) {
      if (name === role.name) possible.add(account);
    }
  }
  return roles.flatMap((role) => {
    const inferred =
      role.account === undefined ? accounts.get(providerOf(role)) : undefined;
    const possible = inferred?.size ? [...inferred] : [role.account];
    const mayBeElsewhere = possible.length > 1;
    return possible.map((account) => ({ ...role, account, mayBeElsewhere }));
  });
}

const providerOf = ({ resource }: Identity): string | undefined =>
  resource?.provider?.urn;

/** A role that a trust names. */
interface NamedRole {
  readonly account: string;
  readonly name: string;
}

function rolesTrustedBy({ resource }: Identity): readonly NamedRole[] {
  const reading = resource === undefined ? undefined : trustOf(resource);
  return reading?.kind === "trust"
    ? reading.trust.document.statements
        .flatMap(({ principals }) => principals?.principals ?? [])
        .flatMap((entry) => (entry.kind === "role" ? [partsOf(entry.arn)] : []))
    : [];
}

const partsOf = (arn: string): NamedRole => ({
  account: arn.split(":")[4] ?? "",
  name: arn.slice(arn.lastIndexOf("/") + 1),
});
