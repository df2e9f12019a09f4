/**
 * What stands in the accounts, as `GetAccountAuthorizationDetails` tells it, cut down to what
 * decides who gets in.
 */
export interface AccountPolicies {
  readonly accountId: string;
  readonly users: readonly UserPolicies[];
  readonly roles: readonly RolePolicies[];
}

export interface UserPolicies {
  readonly name: string;
  readonly arn: string;
  /** The documents of the user and of every group the user is in. */
  readonly documents: readonly unknown[];
  /** Left out: none that decides anything. */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface RolePolicies {
  readonly name: string;
  readonly arn: string;
  readonly trust: unknown;
  readonly documents: readonly unknown[];
}
