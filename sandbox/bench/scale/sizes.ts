import { parse, stringify } from "yaml";
import { readStackFile, stackFileText, type StackFile } from "../../project";

/** Accounts in a config of which each has a stack of its own. */
export const accountCounts = [1, 10, 100, 1_000] as const;

/** Users in the bastion. */
export const userCounts = [10, 100, 1_000, 5_000] as const;

export interface NamedAccount {
  readonly name: string;
  readonly id: string;
}

/** The text of a stack file, and what the policy pack has to know of it. */
export interface ScaledFile extends Pick<
  StackFile,
  "bastionAccountId" | "accounts"
> {
  readonly text: string;
}

/** The accounts of a config of that many; each number has accounts of its own. */
export const accountsOfSize = (count: number): readonly NamedAccount[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `a${index}-of-${count}`,
    id: String(500_000_000_000 + count * 1_000_000 + index),
  }));

/** A stack file with that many accounts, in the place of those in Pulumi.yaml. */
export function workloadOfAccounts(count: number): ScaledFile {
  const accounts = Object.fromEntries(
    accountsOfSize(count).map(({ name, id }) => [name, { id }]),
  );
  const text = stringify({ config: { "bastion-account:accounts": accounts } });
  return { bastionAccountId, accounts, text };
}

/** The bastion's committed file with that many users, a third of them in each of its teams. */
export function bastionOfUsers(count: number): ScaledFile {
  const { config } = parse(stackFileText("bastion")) as {
    readonly config: Readonly<Record<string, unknown>>;
  };
  const { teams, accounts } = readStackFile("bastion");
  const names = Object.keys(teams);
  const users = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `user-${index}`,
      { teams: names.slice(index % names.length, (index % names.length) + 1) },
    ]),
  );
  const text = stringify({
    config: { ...config, "bastion-account:users": users },
  });
  return { bastionAccountId, accounts, text };
}

const { bastionAccountId } = readStackFile("bastion");
