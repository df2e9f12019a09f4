import type { IAM, Tag } from "@aws-sdk/client-iam";
import type { ClientCredentials } from "../tour/people";

/** What stands on a user, group or role. */
interface Identity {
  readonly name: string;
  readonly path?: string;
  /** Names of AWS's managed policies. */
  readonly attached?: readonly string[];
  /** Documents by name. */
  readonly inline?: Readonly<Record<string, string>>;
}

export interface GrownUser extends Identity {
  readonly tags?: Readonly<Record<string, string>>;
  readonly password?: true;
  readonly key?: true;
  readonly groups?: readonly string[];
}

export interface GrownRole extends Identity {
  readonly trust: string;
}

/** An account with all that people have made in it over the years. */
export interface GrownAccount {
  readonly alias: string;
  readonly groups: readonly Identity[];
  readonly users: readonly GrownUser[];
  readonly roles: readonly GrownRole[];
}

export const passwordOf = (user: string): string =>
  `Grown-password-of-${user}-7!`;

/** Makes the account by IAM's calls, and gives the users' keys. */
export async function makeGrownAccount(
  iam: IAM,
  { alias, groups, users, roles }: GrownAccount,
): Promise<ReadonlyMap<string, ClientCredentials>> {
  await iam.createAccountAlias({ AccountAlias: alias });
  await iam.updateAccountPasswordPolicy({
    MinimumPasswordLength: 8,
    AllowUsersToChangePassword: true,
  });
  for (const group of groups) await makeGroup(iam, group);
  for (const user of users) await makeUser(iam, user);
  for (const role of roles) await makeRole(iam, role);
  const keys = new Map<string, ClientCredentials>();
  for (const { name: UserName } of users.filter(({ key }) => key)) {
    const { AccessKey: key } = await iam.createAccessKey({ UserName });
    keys.set(UserName, {
      accessKeyId: key?.AccessKeyId ?? "",
      secretAccessKey: key?.SecretAccessKey ?? "",
    });
  }
  return keys;
}

async function makeGroup(
  iam: IAM,
  { name: GroupName, path: Path, attached = [], inline = {} }: Identity,
): Promise<void> {
  await iam.createGroup({ GroupName, Path });
  for (const PolicyArn of attached.map(managed))
    await iam.attachGroupPolicy({ GroupName, PolicyArn });
  for (const [PolicyName, PolicyDocument] of Object.entries(inline))
    await iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument });
}

async function makeUser(iam: IAM, user: GrownUser): Promise<void> {
  const { name: UserName, path: Path, attached = [], inline = {} } = user;
  await iam.createUser({ UserName, Path, Tags: tagsOf(user) });
  if (user.password)
    await iam.createLoginProfile({ UserName, Password: passwordOf(UserName) });
  for (const PolicyArn of attached.map(managed))
    await iam.attachUserPolicy({ UserName, PolicyArn });
  for (const [PolicyName, PolicyDocument] of Object.entries(inline))
    await iam.putUserPolicy({ UserName, PolicyName, PolicyDocument });
  for (const GroupName of user.groups ?? [])
    await iam.addUserToGroup({ UserName, GroupName });
}

async function makeRole(
  iam: IAM,
  { name: RoleName, path: Path, trust, attached = [], inline = {} }: GrownRole,
): Promise<void> {
  await iam.createRole({ RoleName, Path, AssumeRolePolicyDocument: trust });
  for (const PolicyArn of attached.map(managed))
    await iam.attachRolePolicy({ RoleName, PolicyArn });
  for (const [PolicyName, PolicyDocument] of Object.entries(inline))
    await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument });
}

const managed = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

const tagsOf = ({ tags = {} }: GrownUser): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const allow = (
  action: string | readonly string[],
  resource = "*",
): string => document({ Effect: "Allow", Action: action, Resource: resource });

export const trust = (principal: object, condition?: object): string =>
  document({
    Effect: "Allow",
    Principal: principal,
    Action: "sts:AssumeRole",
    ...(condition && { Condition: condition }),
  });

const document = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
