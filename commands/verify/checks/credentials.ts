import { ageInDays } from "../../accounts/key-age";
import type { LiveKey, LiveUser } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import type { Facts } from "../facts";
import { findingsAbout, type Fault, type Findings } from "../findings";
import {
  deleteKey,
  deletePassword,
  inAccount,
  takeCredentials,
  takeOff,
} from "../remedies";

/** What users sign in with, in every account; and who has a shell in the browser. */
export function* checkCredentials(facts: Facts): Findings {
  for (const account of facts.organisation.accounts) {
    yield* checkCloudShell(account);
    for (const user of account.live.users) {
      yield* findingsAbout(account, user.arn, [
        mfaFault(account, user),
        ...passwordFaults(facts, account, user),
        twoKeysFault(account, user),
        ...faultsAgainstConfig(facts, account, user),
        ...activeKeys(user).flatMap((key) =>
          keyFaults(facts, account, user, key),
        ),
      ]);
    }
  }
}

const cloudShell = "AWSCloudShellFullAccess";

function* checkCloudShell(account: NamedAccount): Findings {
  const { users, groups, roles } = account.live;
  for (const identity of [...users, ...groups, ...roles]) {
    const { name, arn, attachedPolicies } = identity;
    const isOther = (policy: { readonly name: string }) =>
      policy.name !== cloudShell;
    yield* findingsAbout(account, arn, [
      [
        !attachedPolicies.every(isOther),
        "holds-cloudshell",
        `${name} in ${account.name} has ${cloudShell}`,
        inAccount(account, takeOff(identity, isOther)),
      ],
    ]);
  }
}

const activeKeys = ({ accessKeys }: LiveUser): LiveKey[] =>
  accessKeys.filter(({ isActive }) => isActive);

/** Whether the user has anything to sign in with. */
export const canSignIn = (user: LiveUser): boolean =>
  user.hasPassword || activeKeys(user).length > 0;

function mfaFault(account: NamedAccount, user: LiveUser): Fault {
  const means = [
    ...(user.hasPassword ? ["a password"] : []),
    ...(activeKeys(user).length === 0 ? [] : ["an active access key"]),
  ];
  return [
    user.devices.length === 0 && canSignIn(user),
    "user-without-mfa",
    `${user.name} has ${means.join(" and ")}, and no MFA device`,
    `have ${user.name} enrol a device; or, for one who does not come, ${inAccount(account, takeCredentials(user))}`,
  ];
}

function passwordFaults(
  { settings: { keyUnusedDays }, now }: Facts,
  account: NamedAccount,
  user: LiveUser,
): readonly Fault[] {
  const { name, passwordUsedAt } = user;
  if (passwordUsedAt === undefined) return [];
  const idle = ageInDays(passwordUsedAt, now);
  const message = `the password of ${name} has not been used for ${idle} days, and the limit is ${keyUnusedDays}`;
  const remedy = inAccount(account, [deletePassword(user)]);
  return [[idle > keyUnusedDays, "password-unused", message, remedy]];
}

function twoKeysFault(account: NamedAccount, user: LiveUser): Fault {
  const keys = activeKeys(user).sort(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
  );
  const message = `${user.name} has the keys ${keys.map(({ id }) => id).join(" and ")}`;
  const older = keys.slice(0, -1).map((key) => deleteKey(user, key));
  const remedy = `once its owner uses the newer one, ${inAccount(account, older)}`;
  return [keys.length > 1, "two-active-keys", message, remedy];
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
      `${inAccount(account, [deletePassword(user)])} Or set consoleAccess in the stack file.`,
    ],
    ...activeKeys(user).map((key): Fault => [
      !meant.programmaticAccess,
      "key-not-in-config",
      `${user.name} has the key ${key.id}, and no programmaticAccess in the config`,
      `${inAccount(account, [deleteKey(user, key)])} Or set programmaticAccess in the stack file.`,
    ]),
  ];
}

function keyFaults(
  { settings: { keyAgeDays, keyUnusedDays }, now }: Facts,
  account: NamedAccount,
  user: LiveUser,
  liveKey: LiveKey,
): readonly Fault[] {
  const { id, createdAt, lastUsedAt } = liveKey;
  const remedy = inAccount(account, [deleteKey(user, liveKey)]);
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
      `once its owner uses a new one, ${remedy}`,
    ],
    [
      idle > keyUnusedDays,
      "key-unused",
      `${key} ${used}, and the limit is ${keyUnusedDays}`,
      remedy,
    ],
  ];
}
