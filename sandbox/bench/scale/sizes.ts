import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { checkout } from "../../engine/paths";
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
  const { bastionAccountId } = readStackFile("bastion");
  return { bastionAccountId, accounts, text };
}

/** A project of this checkout's program whose committed bastion has other users. */
export class BastionOfUsers {
  constructor(readonly folder: string) {
    mkdirSync(folder);
    for (const name of ["infra", "node_modules", "package.json"]) {
      symlinkSync(join(checkout, name), join(folder, name));
    }
    cpSync(join(checkout, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  }

  /** The stack's file: the users stand in another one. */
  get text(): string {
    const { config } = parse(stackFileText("bastion")) as {
      readonly config: Readonly<Record<string, unknown>>;
    };
    const key = "bastion-account:users";
    return stringify({
      config: { ...config, [key]: {}, [`${key}File`]: usersFile },
    });
  }

  /** That many users, a third of them in each of the committed teams. */
  putUsers(count: number): void {
    const teams = Object.keys(readStackFile("bastion").teams);
    const users = Array.from({ length: count }, (_, index) => [
      `user-${index}`,
      { teams: [teams[index % teams.length]] },
    ]) as readonly (readonly [string, object])[];
    const text = stringify(Object.fromEntries(users));
    writeFileSync(join(this.folder, usersFile), text);
  }
}

const usersFile = "users.yaml";
