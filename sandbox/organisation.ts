import type { SandboxAws } from "./aws";
import type { StackFile } from "./project";

interface MemberAccount {
  readonly id: string;
  readonly name: string;
}

/** The accounts that a stack file names; a single account is both, and there once. */
export const accountsOf = ({
  bastionAccountId,
  accounts,
}: StackFile): readonly MemberAccount[] => [
  { id: bastionAccountId, name: "bastion" },
  ...Object.entries(accounts)
    .map(([name, { id }]) => ({ id, name }))
    .filter(({ id }) => id !== bastionAccountId),
];

/**
 * Adds the accounts that the organisation does not have. What is no account's id is left to the
 * program, which says what is wrong with it.
 */
export function addAccounts(aws: SandboxAws, stackFile: StackFile): void {
  for (const account of accountsOf(stackFile)) {
    const { id } = account;
    const isNew = !aws.cloud.accounts.has(id);
    if (isNew && /^\d{12}$/.test(id)) aws.addAccount(account);
  }
}
