import type { IAM } from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../sandbox/aws";
import {
  allow,
  makeGrownAccount,
  trust,
  type GrownUser,
} from "../../../sandbox/grown-account/make";
import type { ClientCredentials } from "../../../sandbox/tour/people";

export { passwordOf } from "../../../sandbox/grown-account/make";

export const account = "111111111111";

/** As accounts grow: everybody an administrator at some time, and nobody with MFA. */
export const legacyUsers: readonly GrownUser[] = [
  {
    name: "ada",
    password: true,
    key: true,
    attached: ["AdministratorAccess"],
    inline: { "once-needed": allow("s3:*") },
  },
  { name: "bob", password: true, key: true, groups: ["Admins"] },
  {
    name: "cleo",
    password: true,
    groups: ["Developers", "old-project"],
    inline: { "reads-logs": allow("logs:Get*") },
  },
  { name: "dmitri", key: true, inline: { buckets: allow("s3:List*") } },
  {
    name: "erin",
    path: "/staff/",
    tags: { department: "audit" },
    password: true,
    groups: ["team-audit"],
  },
  { name: "fred", password: true, groups: ["Analysts"] },
];

/** Makes the account, and gives the users' keys. */
export const makeLegacyAccount = (
  iam: IAM,
): Promise<ReadonlyMap<string, ClientCredentials>> =>
  makeGrownAccount(iam, {
    alias: "grown-account",
    groups: [
      { name: "Admins", attached: ["AdministratorAccess"] },
      {
        name: "Developers",
        attached: ["PowerUserAccess"],
        inline: { passing: allow("iam:PassRole") },
      },
      { name: "old-project" },
      { name: "team-audit", attached: ["ReadOnlyAccess"] },
      { name: "Analysts", attached: ["AmazonDynamoDBReadOnlyAccess"] },
    ],
    users: legacyUsers,
    roles: [
      {
        name: "LegacyAdmin",
        trust: trust({ AWS: `arn:aws:iam::${account}:root` }),
        attached: ["AdministratorAccess"],
      },
      {
        name: "app-server",
        trust: trust({ Service: "ec2.amazonaws.com" }),
        attached: ["AmazonS3FullAccess"],
      },
      {
        name: "nightly-cleanup",
        trust: trust({
          AWS: `arn:aws:iam::${account}:root`,
          Service: "lambda.amazonaws.com",
        }),
        attached: ["AmazonS3FullAccess"],
      },
    ],
  });

/** Lets a key be as old as AWS would say, since the sandbox makes it now. */
export function ageKey(
  { cloud }: SandboxAws,
  user: string,
  days: number,
): void {
  const keys = cloud.accounts.get(account)?.users.get(user)?.accessKeys;
  for (const [id, key] of keys ?? []) {
    const createdAt = new Date(Date.now() - days * 86_400_000);
    keys?.set(id, { ...key, createdAt });
  }
}

/** The same for its roles. */
export function ageRoles({ cloud }: SandboxAws, days: number): void {
  const roles = cloud.accounts.get(account)?.roles;
  for (const [name, role] of roles ?? []) {
    const createdAt = new Date(Date.now() - days * 86_400_000);
    roles?.set(name, { ...role, createdAt });
  }
}

/** Unique ids by name: a user that is made anew has another. */
export const userIds = ({ cloud }: SandboxAws): Record<string, string> =>
  Object.fromEntries(
    [...(cloud.accounts.get(account)?.users.values() ?? [])].map((user) => [
      user.name,
      user.id,
    ]),
  );

/** All that IAM holds in the account, but for when something was used. */
export const stateOf = ({ cloud }: SandboxAws): string =>
  JSON.stringify(cloud.accounts.get(account), (key, value: unknown) => {
    if (
      ["passwordLastUsed", "lastUsed", "lastUsedStep", "serviceUses"].includes(
        key,
      )
    ) {
      return undefined;
    }
    if (value instanceof Map) return [...value];
    return value instanceof Set ? [...value] : value;
  });
