import type { Account, Cloud, Group } from "../model";
import { isEarlierStateOf } from "../per-account";
import type { Lag } from "./settings";

interface EarlierState {
  /** When it was followed by another. */
  readonly until: { readonly calls: number; readonly seconds: number };
  readonly account: Account;
}

/** IAM as it was in each account, as long as somebody may still see it so. */
export class EarlierStates {
  private readonly byAccount = new Map<string, EarlierState[]>();

  constructor(private readonly cloud: Cloud) {}

  /** To be told before a change in the account. */
  keep(account: Account, calls: number): void {
    const known = this.byAccount.get(account.id) ?? [];
    const until = { calls, seconds: this.seconds() };
    this.byAccount.set(account.id, [
      ...known,
      { until, account: copied(account) },
    ]);
  }

  /** The cloud as it was so far behind; what did not change since is the thing itself. */
  seen(behind: Lag, calls: number): Cloud {
    const isSince = ({ until }: EarlierState): boolean =>
      "calls" in behind
        ? until.calls > calls - behind.calls
        : until.seconds > this.seconds() - behind.seconds;
    const accounts = new Map(
      [...this.cloud.accounts].map(([id, account]) => {
        const states = this.byAccount.get(id)?.filter(isSince) ?? [];
        this.byAccount.set(id, states);
        return [id, states[0]?.account ?? account] as const;
      }),
    );
    return { ...this.cloud, accounts };
  }

  private seconds(): number {
    return this.cloud.now().getTime() / 1_000;
  }
}

/** What IAM's changes touch is copied; documents are never changed in place. */
function copied(account: Account): Account {
  const copy: Account = {
    ...account,
    users: each(account.users, (user) => ({
      ...user,
      ...policiesOf(user),
      groups: new Set(user.groups),
      tags: [...user.tags],
    })),
    groups: each(account.groups, (group) => ({
      ...group,
      ...policiesOf(group),
    })),
    roles: each(account.roles, (role) => ({
      ...role,
      ...policiesOf(role),
      tags: [...role.tags],
    })),
    policies: each(account.policies, (policy) => ({
      ...policy,
      versions: [...policy.versions],
      tags: [...policy.tags],
    })),
    mfaDevices: new Map(account.mfaDevices),
    identityProviders: each(account.identityProviders, (provider) => ({
      ...provider,
      audiences: new Set(provider.audiences),
    })),
  };
  isEarlierStateOf(copy, account);
  return copy;
}

const each = <T>(things: Map<string, T>, copy: (thing: T) => T) =>
  new Map([...things].map(([name, thing]) => [name, copy(thing)]));

const policiesOf = ({
  inlinePolicies,
  attachedPolicies,
}: Pick<Group, "inlinePolicies" | "attachedPolicies">) => ({
  inlinePolicies: new Map(inlinePolicies),
  attachedPolicies: new Set(attachedPolicies),
});
