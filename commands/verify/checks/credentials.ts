import { ageInDays } from "../../accounts/key-age";
import type { LiveKey, LiveUser } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import type { Facts } from "../facts";
import { findingsAbout, type Fault, type Findings } from "../findings";

/** What users sign in with, in every account. */
export function* checkCredentials(facts: Facts): Findings {
  for (const account of facts.organisation.accounts) {
    for (const user of account.live.users) {
      yield* findingsAbout(account, user.arn, [
        mfaFault(user),
        ...faultsAgainstConfig(facts, account, user),
        ...activeKeys(user).flatMap((key) => keyFaults(facts, user, key)),
      ]);
    }
  }
}

const activeKeys = ({ accessKeys }: LiveUser): readonly LiveKey[] =>
  accessKeys.filter(({ isActive }) => isActive);

/** Whether the user has anything to sign in with. */
export const canSignIn = (user: LiveUser): boolean =>
  user.hasPassword || activeKeys(user).length > 0;

function mfaFault(user: LiveUser): Fault {
  const means = [
    ...(user.hasPassword ? ["a password"] : []),
    ...(activeKeys(user).length === 0 ? [] : ["an active access key"]),
  ];
  return [
    user.devices.length === 0 && canSignIn(user),
    "user-without-mfa",
    `${user.name} has ${means.join(" and ")}, and no MFA device`,
  ];
}

function faultsAgainstConfig(
  { expected }: Facts,
  account: NamedAccount,
  user: LiveUser,
): readonly Fault[] {
  if (account.id !== expected.bastion.id) return [];
  const meant = expected.users.find(({ name }) => name === user.name);
  if (meant === undefined) return [];
  return [
    [
      user.hasPassword && !meant.consoleAccess,
      "password-not-in-config",
      `${user.name} has a password, and no consoleAccess in the config`,
    ],
    ...activeKeys(user).map(({ id }): Fault => [
      !meant.programmaticAccess,
      "key-not-in-config",
      `${user.name} has the key ${id}, and no programmaticAccess in the config`,
    ]),
  ];
}

function keyFaults(
  { settings: { keyAgeDays, keyUnusedDays }, now }: Facts,
  user: LiveUser,
  { id, createdAt, lastUsedAt }: LiveKey,
): readonly Fault[] {
  const age = ageInDays(createdAt, now);
  const idle = ageInDays(lastUsedAt ?? createdAt, now);
  const used =
    lastUsedAt === undefined
      ? `was never used in its ${idle} days`
      : `was last used ${idle} days ago`;
  const key = `the key ${id} of ${user.name}`;
  return [
    [
      age > keyAgeDays,
      "key-old",
      `${key} is ${age} days old, and the limit is ${keyAgeDays}`,
    ],
    [
      idle > keyUnusedDays,
      "key-unused",
      `${key} ${used}, and the limit is ${keyUnusedDays}`,
    ],
  ];
}
