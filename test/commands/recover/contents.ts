import { keptOf } from "../../../sandbox/aws/services/kms-keys";
import { rulesOf } from "../../../sandbox/aws/services/event-rules";
import { topicsOf } from "../../../sandbox/aws/services/sns-topics";
import type { Account, Tag, User } from "../../../sandbox/aws/model";

const sorted = <T>(items: Iterable<T>): readonly T[] => [...items].sort();

const tagsOf = (tags: readonly Tag[]): readonly string[] =>
  sorted(tags.map(({ Key, Value }) => `${Key}=${Value}`));

const policiesOf = ({
  path,
  inlinePolicies,
  attachedPolicies,
}: Account["roles"] extends Map<string, infer Role> ? Role | User : never) => ({
  path,
  inline: sorted(
    [...inlinePolicies].map(([name, { text }]) => `${name} ${text}`),
  ),
  attached: sorted(attachedPolicies),
});

/** What an account has, without what AWS makes up: ids, times and who has which password. */
export function contentsOf(account: Account) {
  const each = <T, R>(things: ReadonlyMap<string, T>, of: (one: T) => R) =>
    sorted(things.keys()).map((name) => [name, of(things.get(name) as T)]);
  return {
    alias: account.alias,
    passwordPolicy: account.passwordPolicy,
    users: each(account.users, (user) => ({
      ...policiesOf(user),
      tags: tagsOf(user.tags),
      groups: sorted(user.groups),
      boundary: user.permissionsBoundary,
      hasPassword: user.loginProfile !== undefined,
      keys: user.accessKeys.size,
    })),
    groups: each(account.groups, (group) => policiesOf(group as User)),
    roles: each(account.roles, (role) => ({
      ...policiesOf(role),
      tags: tagsOf(role.tags),
      trust: role.trustPolicy.text,
      description: role.description,
      maxSessionDuration: role.maxSessionDuration,
      boundary: role.permissionsBoundary,
    })),
    policies: each(account.policies, (policy) => ({
      document: policy.versions.find(({ id }) => id === policy.defaultVersionId)
        ?.document.text,
      tags: tagsOf(policy.tags),
    })),
    providers: each(account.identityProviders, ({ audiences }) =>
      sorted(audiences),
    ),
    // One that was disabled and not deleted, when that was cut off, is nobody's: the provider does not
    // see it again.
    devices: [...account.mfaDevices.values()].filter(
      ({ enabledFor }) => enabledFor !== undefined,
    ).length,
    ...alarmOf(account),
  };
}

/** A key that waits for its end is gone; the others have no names, so their ids are left out. */
function alarmOf(account: Account) {
  const { keys, aliases } = keptOf(account);
  const live = [...keys.values()].filter(
    ({ state }) => state !== "PendingDeletion",
  );
  const hidden = (text: string): string =>
    text.replace(/key\/[0-9a-f-]{36}/g, "key/…");
  return {
    keys: live.map(({ description, policy, rotation, state, tags }) => ({
      description,
      policy: policy.text,
      rotation,
      state,
      tags: tagsOf(tags),
    })),
    aliases: sorted(
      [...aliases].map(
        ([alias, id]) =>
          `${alias} ${live.some((key) => key.id === id) ? "live" : "dead"}`,
      ),
    ),
    topics: sorted(
      [...topicsOf(account).values()].map(
        ({ arn, attributes, subscriptions }) =>
          hidden(
            JSON.stringify([
              arn,
              sorted([...attributes].map((one) => one.join("="))),
              sorted([...subscriptions.values()].map((one) => one.endpoint)),
            ]),
          ),
      ),
    ),
    rules: sorted(
      [...rulesOf(account)].map(([arn, { description, targets }]) =>
        hidden(JSON.stringify([arn, description, [...targets]])),
      ),
    ),
  };
}

/** What its users sign in with, to see that it is the same later. */
export const credentialsOf = (account: Account) =>
  new Map(
    [...account.users.values()].map((user) => [
      user.name,
      {
        password: user.loginProfile?.password,
        keys: sorted(user.accessKeys.keys()),
        devices: sorted(
          [...account.mfaDevices.values()]
            .filter(({ enabledFor }) => enabledFor === user.name)
            .map(({ serial }) => serial),
        ),
      },
    ]),
  );
