import type { AccountId } from "../partition";

/**
 * Whether the bastion's own account has the roles as well: its users, groups and roles then stand
 * side by side. Config takes no further account beside it.
 */
export const isSingleAccount = (
  { accounts }: { readonly accounts: readonly { readonly id: AccountId }[] },
  bastionAccountId: AccountId | undefined,
): boolean => accounts.some(({ id }) => id === bastionAccountId);
