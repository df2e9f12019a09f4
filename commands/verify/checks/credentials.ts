import { ageInDays } from "../../accounts/key-age";
import type { LiveKey, LiveUser } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import type { Facts } from "../facts";
import { finding, type AccountFinding, type FindingKind } from "../findings";

/** What users sign in with, in every account. */
export const checkCredentials = (facts: Facts): readonly AccountFinding[] =>
  facts.organisation.accounts.flatMap((account) =>
    account.live.users.flatMap((user) => [
      ...checkMfa(account, user),
      ...checkAgainstConfig(facts, account, user),
      ...user.accessKeys
        .filter(({ isActive }) => isActive)
        .flatMap((key) => checkKey(facts, account, user, key)),
    ]),
  );

const activeKeys = ({ accessKeys }: LiveUser): readonly LiveKey[] =>
  accessKeys.filter(({ isActive }) => isActive);

/** Whether the user has anything to sign in with. */
export const canSignIn = (user: LiveUser): boolean =>
  user.loginProfile !== undefined || activeKeys(user).length > 0;

function checkMfa(
  account: NamedAccount,
  user: LiveUser,
): readonly AccountFinding[] {
  if (user.devices.length > 0 || !canSignIn(user)) return [];
  const means = [
    ...(user.loginProfile === undefined ? [] : ["a password"]),
    ...(activeKeys(user).length === 0 ? [] : ["an active access key"]),
  ];
  return [
    finding(
      "user-without-mfa",
      account,
      user.arn,
      `${user.name} has ${means.join(" and ")}, and no MFA device`,
    ),
  ];
}

function checkAgainstConfig(
  { expected }: Facts,
  account: NamedAccount,
  user: LiveUser,
): readonly AccountFinding[] {
  if (account.id !== expected.bastion.id) return [];
  const meant = expected.users.find(({ name }) => name === user.name);
  if (meant === undefined) return [];
  const say = (rule: FindingKind, message: string): AccountFinding =>
    finding(rule, account, user.arn, `${user.name} ${message}`);
  return [
    ...(meant.consoleAccess || user.loginProfile === undefined
      ? []
      : [
          say(
            "password-not-in-config",
            "has a password, and no consoleAccess in the config",
          ),
        ]),
    ...(meant.programmaticAccess
      ? []
      : activeKeys(user).map(({ id }) =>
          say(
            "key-not-in-config",
            `has the key ${id}, and no programmaticAccess in the config`,
          ),
        )),
  ];
}

function checkKey(
  { settings, now }: Facts,
  account: NamedAccount,
  user: LiveUser,
  { id, createdAt, lastUsedAt }: LiveKey,
): readonly AccountFinding[] {
  const age = ageInDays(createdAt, now);
  const idle = ageInDays(lastUsedAt ?? createdAt, now);
  const say = (rule: FindingKind, message: string): AccountFinding =>
    finding(
      rule,
      account,
      user.arn,
      `the key ${id} of ${user.name} ${message}`,
    );
  return [
    ...(age > settings.keyAgeDays
      ? [
          say(
            "key-old",
            `is ${age} days old, and the limit is ${settings.keyAgeDays}`,
          ),
        ]
      : []),
    ...(idle > settings.keyUnusedDays
      ? [
          say(
            "key-unused",
            lastUsedAt === undefined
              ? `was never used in its ${idle} days, and the limit is ${settings.keyUnusedDays}`
              : `was last used ${idle} days ago, and the limit is ${settings.keyUnusedDays}`,
          ),
        ]
      : []),
  ];
}
