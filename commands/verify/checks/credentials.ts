import { ageInDays } from "../../accounts/key-age";
import type { LiveKey, LiveUser } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import type { Facts } from "../facts";
import { findingsAbout, type Fault, type Findings } from "../findings";

/** What users sign in with, in every account; and who has a shell in the browser. */
export function* checkCredentials(facts: Facts): Findings {
  for (const account of facts.organisation.accounts) {
    yield* checkCloudShell(account);
    for (const user of account.live.users) {
      yield* findingsAbout(account, user.arn, [
        mfaFault(user),
        ...passwordFaults(facts, user),
        twoKeysFault(user),
        ...faultsAgainstConfig(facts, account, user),
        ...activeKeys(user).flatMap((key) => keyFaults(facts, user, key)),
      ]);
    }
  }
}

const cloudShell = "AWSCloudShellFullAccess";

function* checkCloudShell(account: NamedAccount): Findings {
  const { users, groups, roles } = account.live;
  for (const { name, arn, attachedPolicies } of [
    ...users,
    ...groups,
    ...roles,
  ]) {
    yield* findingsAbout(account, arn, [
      [
        attachedPolicies.some((policy) => policy.name === cloudShell),
        "holds-cloudshell",
        `${name} in ${account.name} has ${cloudShell}`,
      ],
    ]);
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

function passwordFaults(
  { settings: { keyUnusedDays }, now }: Facts,
  { name, passwordUsedAt }: LiveUser,
): readonly Fault[] {
  if (passwordUsedAt === undefined) return [];
  const idle = ageInDays(passwordUsedAt, now);
  const message = `the password of ${name} has not been used for ${idle} days, and the limit is ${keyUnusedDays}`;
  return [[idle > keyUnusedDays, "password-unused", message]];
}

function twoKeysFault(user: LiveUser): Fault {
  const ids = activeKeys(user).map(({ id }) => id);
  const message = `${user.name} has the keys ${ids.join(" and ")}`;
  return [ids.length > 1, "two-active-keys", message];
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
