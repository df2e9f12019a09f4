import type { AccountClients } from "./clients";
import { readCredentials } from "./credentials";
import { readDetails } from "./details";
import type { LiveAccount } from "./live-account";

/**
 * Reads an account's users, groups, roles and policies once more, a few calls in all. What a user signs
 * in with takes some calls a user: it is read again of the named, and of users who are new.
 */
export async function readAgain(
  { iam }: Pick<AccountClients, "iam">,
  earlier: LiveAccount,
  named: ReadonlySet<string>,
): Promise<LiveAccount> {
  const details = await readDetails(iam, []);
  const known = new Map(earlier.users.map((user) => [user.id, user]));
  const asked = details.users.filter(
    ({ id, name }) => named.has(name) || !known.has(id),
  );
  const read = new Map(
    (await readCredentials(iam, asked)).map((user) => [user.id, user]),
  );
  const users = details.users.flatMap((user) => {
    const signsInWith = read.get(user.id) ?? known.get(user.id);
    return signsInWith === undefined ? [] : [{ ...signsInWith, ...user }];
  });
  return { ...earlier, ...details, users };
}
