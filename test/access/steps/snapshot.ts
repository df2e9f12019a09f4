import type {
  LiveAccount,
  LiveIdentity,
} from "../../../commands/accounts/live-account";
import { iamArn, type EntityKind } from "../../../sandbox/aws/arn";
import { documentOf } from "../../../sandbox/aws/iam/entities";
import type {
  Account,
  Cloud,
  Group,
  ManagedPolicy,
  StoredDocument,
  Tag,
} from "../../../sandbox/aws/model";

/** IAM as it stands in one account at one moment, in the form in which `npm run verify` decides. */
export function snapshotOf(cloud: Cloud, account: Account): LiveAccount {
  const identity = (kind: EntityKind, one: Group): LiveIdentity => ({
    name: one.name,
    id: one.id,
    arn: iamArn(cloud, account.id, kind, one),
    path: one.path,
    inlinePolicies: [...one.inlinePolicies].map(([name, { text }]) => ({
      name,
      text,
    })),
    attachedPolicies: [...one.attachedPolicies].map((arn) => ({
      name: arn.slice(arn.lastIndexOf("/") + 1),
      arn,
    })),
  });
  return {
    ...untold,
    accountId: account.id,
    partition: cloud.partition,
    users: [...account.users.values()].map((user) => ({
      ...identity("user", user),
      groups: [...user.groups],
      boundary: user.permissionsBoundary,
      tags: tagsOf(user.tags),
      hasPassword: user.loginProfile !== undefined,
      accessKeys: [],
      devices: [],
    })),
    groups: [...account.groups.values()].map((one) => identity("group", one)),
    roles: [...account.roles.values()].map((role) => ({
      ...identity("role", role),
      trust: role.trustPolicy.text,
      boundary: role.permissionsBoundary,
      tags: tagsOf(role.tags),
      instanceProfiles: [],
      maxSessionSeconds: role.maxSessionDuration,
      createdAt: undefined,
      lastUsedAt: undefined,
    })),
    managedPolicies: managedPolicies(cloud, account),
  };
}

/** What no decision here is about. */
const untold = {
  alias: undefined,
  passwordPolicy: undefined,
  rootHasVirtualMfa: false,
  identityProviders: [],
  externalAccessAnalyzer: "not known",
  summary: {},
} as const;

const tagsOf = (tags: readonly Tag[]): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

/** The account's own, and those of AWS's that somebody has. */
function managedPolicies(
  { awsPolicies }: Cloud,
  account: Account,
): ReadonlyMap<string, string> {
  const holders = [
    ...account.users.values(),
    ...account.groups.values(),
    ...account.roles.values(),
  ];
  const held = holders
    .flatMap(({ attachedPolicies }) => [...attachedPolicies])
    .flatMap((arn) => awsPolicies.get(arn) ?? []);
  return new Map(
    [...account.policies.values(), ...held].map((policy) => [
      policy.arn,
      textOf(policy),
    ]),
  );
}

const textOf = (policy: ManagedPolicy): string => {
  const document: StoredDocument | undefined = documentOf(policy);
  return document?.text ?? "";
};
