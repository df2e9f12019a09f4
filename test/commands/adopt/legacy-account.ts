import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateAccountAliasCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../sandbox/aws";
import type { ClientCredentials } from "../../../sandbox/tour/people";
import { allow, trust } from "../../sandbox/aws/clients";

export const account = "111111111111";

const managed = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

export const passwordOf = (user: string): string =>
  `Grown-password-of-${user}-7!`;

interface LegacyUser {
  readonly name: string;
  readonly path?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly password?: true;
  readonly key?: true;
  readonly attached?: readonly string[];
  readonly inline?: Readonly<Record<string, string>>;
  readonly groups?: readonly string[];
}

/** As accounts grow: everybody an administrator at some time, and nobody with MFA. */
export const legacyUsers: readonly LegacyUser[] = [
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

const legacyGroups: readonly {
  readonly name: string;
  readonly attached?: string;
  readonly inline?: Readonly<Record<string, string>>;
}[] = [
  { name: "Admins", attached: "AdministratorAccess" },
  {
    name: "Developers",
    attached: "PowerUserAccess",
    inline: { passing: allow("iam:PassRole") },
  },
  { name: "old-project" },
  { name: "team-audit", attached: "ReadOnlyAccess" },
  { name: "Analysts", attached: "AmazonDynamoDBReadOnlyAccess" },
];

/** Makes the account, and gives the users' keys. */
export async function makeLegacyAccount(
  iam: IAMClient,
): Promise<ReadonlyMap<string, ClientCredentials>> {
  await iam.send(
    new CreateAccountAliasCommand({ AccountAlias: "grown-account" }),
  );
  await iam.send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: 8,
      AllowUsersToChangePassword: true,
    }),
  );
  for (const group of legacyGroups) await makeGroup(iam, group);
  for (const user of legacyUsers) await makeUser(iam, user);
  await makeRole(iam, "LegacyAdmin", { AWS: `arn:aws:iam::${account}:root` });
  await makeRole(iam, "app-server", { Service: "ec2.amazonaws.com" });
  const keys = new Map<string, ClientCredentials>();
  for (const { name } of legacyUsers.filter(({ key }) => key)) {
    const { AccessKey: key } = await iam.send(
      new CreateAccessKeyCommand({ UserName: name }),
    );
    keys.set(name, {
      accessKeyId: key?.AccessKeyId ?? "",
      secretAccessKey: key?.SecretAccessKey ?? "",
    });
  }
  return keys;
}

async function makeGroup(
  iam: IAMClient,
  { name, attached, inline = {} }: (typeof legacyGroups)[number],
): Promise<void> {
  await iam.send(new CreateGroupCommand({ GroupName: name }));
  if (attached !== undefined) {
    await iam.send(
      new AttachGroupPolicyCommand({
        GroupName: name,
        PolicyArn: managed(attached),
      }),
    );
  }
  for (const [PolicyName, PolicyDocument] of Object.entries(inline)) {
    await iam.send(
      new PutGroupPolicyCommand({
        GroupName: name,
        PolicyName,
        PolicyDocument,
      }),
    );
  }
}

async function makeUser(iam: IAMClient, user: LegacyUser): Promise<void> {
  const { name: UserName, attached = [], inline = {}, groups = [] } = user;
  await iam.send(
    new CreateUserCommand({
      UserName,
      Path: user.path,
      Tags: Object.entries(user.tags ?? {}).map(([Key, Value]) => ({
        Key,
        Value,
      })),
    }),
  );
  if (user.password) {
    await iam.send(
      new CreateLoginProfileCommand({
        UserName,
        Password: passwordOf(UserName),
      }),
    );
  }
  for (const name of attached) {
    await iam.send(
      new AttachUserPolicyCommand({ UserName, PolicyArn: managed(name) }),
    );
  }
  for (const [PolicyName, PolicyDocument] of Object.entries(inline)) {
    await iam.send(
      new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }),
    );
  }
  for (const GroupName of groups) {
    await iam.send(new AddUserToGroupCommand({ UserName, GroupName }));
  }
}

async function makeRole(
  iam: IAMClient,
  RoleName: string,
  principal: unknown,
): Promise<void> {
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: trust(principal),
    }),
  );
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName,
      PolicyArn: managed("AdministratorAccess"),
    }),
  );
}

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

/** Unique ids by name: a user that is made anew has another. */
export const userIds = ({ cloud }: SandboxAws): Record<string, string> =>
  Object.fromEntries(
    [...(cloud.accounts.get(account)?.users.values() ?? [])].map((user) => [
      user.name,
      user.id,
    ]),
  );

/** All that IAM holds in the account, but for when somebody signed in. */
export const stateOf = ({ cloud }: SandboxAws): string =>
  JSON.stringify(cloud.accounts.get(account), (key, value: unknown) => {
    if (["passwordLastUsed", "lastUsed", "lastUsedStep"].includes(key)) {
      return undefined;
    }
    if (value instanceof Map) return [...value];
    return value instanceof Set ? [...value] : value;
  });
