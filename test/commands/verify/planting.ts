import {
  ListGroupPoliciesCommand,
  GetGroupCommand,
  DeleteGroupCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateRoleCommand,
  DeleteGroupPolicyCommand,
  GetGroupPolicyCommand,
  ListGroupsCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  DeleteUserCommand,
  ListAttachedRolePoliciesCommand,
  ListGroupsForUserCommand,
  ListRolePoliciesCommand,
  PutGroupPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAssumeRolePolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { ifThere } from "../../../commands/accounts/if-there";
import type { SandboxAws } from "../../../sandbox/aws";
import { allow } from "../../../sandbox/grown-account/make";
import { administrator, bastionId, inside } from "./accounts";

export const iam = (aws: SandboxAws, account: string): IAMClient =>
  administrator(aws, account).iam;

export const bastionRoot = `arn:aws:iam::${bastionId}:root`;

export const retrust = (
  aws: SandboxAws,
  account: string,
  role: string,
  trust: string,
) =>
  iam(aws, account).send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: role,
      PolicyDocument: trust,
    }),
  );

export const newRole = (
  aws: SandboxAws,
  account: string,
  RoleName: string,
  trust: string,
) =>
  iam(aws, account).send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }),
  );

export const withMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

/** Lets a group take a role on any terms. */
export const openGroup = (aws: SandboxAws, group: string, roleArn: string) =>
  iam(aws, bastionId).send(
    new PutGroupPolicyCommand({
      GroupName: group,
      PolicyName: "by-hand",
      PolicyDocument: allow("sts:AssumeRole", roleArn),
    }),
  );

export const giveUp = async (aws: SandboxAws, group: string, user: string) =>
  iam(aws, bastionId).send(
    new RemoveUserFromGroupCommand({ GroupName: group, UserName: user }),
  );

/** Takes the deny-unless-MFA statement away, where it is still there: each team has it as well. */
export async function dropGuard(aws: SandboxAws): Promise<void> {
  const bastion = iam(aws, bastionId);
  await ifThere(
    bastion.send(
      new DeleteGroupPolicyCommand({
        GroupName: "bastion-users",
        PolicyName: "mfa-guard",
      }),
    ),
  );
  const { Groups: groups = [] } = await bastion.send(new ListGroupsCommand({}));
  const teams = groups.filter(({ GroupName: name }) =>
    name?.startsWith("team-"),
  );
  for (const { GroupName: name } of teams) {
    const policy = { GroupName: name, PolicyName: "roles" };
    const found = await ifThere(
      bastion.send(new GetGroupPolicyCommand(policy)),
    );
    if (found?.PolicyDocument === undefined) continue;
    const document = JSON.parse(
      decodeURIComponent(found.PolicyDocument),
    ) as GroupDocument;
    const open = document.Statement.filter(({ Effect }) => Effect === "Allow");
    const text = JSON.stringify({ ...document, Statement: open });
    await bastion.send(
      new PutGroupPolicyCommand({ ...policy, PolicyDocument: text }),
    );
  }
}

interface GroupDocument {
  readonly Statement: readonly { readonly Effect: string }[];
}

/** A key that was made, and last used, so many days ago. */
export async function oldKey(
  aws: SandboxAws,
  user: string,
  ageDays: number,
  idleDays?: number,
): Promise<void> {
  const { AccessKey: made } = await iam(aws, bastionId).send(
    new CreateAccessKeyCommand({ UserName: user }),
  );
  const before = (days: number): Date =>
    new Date(aws.clock.now().getTime() - days * 86_400_000);
  const keys = inside(aws, bastionId).users.get(user)?.accessKeys;
  const key = keys?.get(made?.AccessKeyId ?? "");
  if (key === undefined) throw new Error("no key");
  keys?.set(key.id, {
    ...key,
    createdAt: before(ageDays),
    ...(idleDays === undefined
      ? {}
      : {
          lastUsed: {
            at: before(idleDays),
            service: "sts",
            region: "us-east-1",
          },
        }),
  });
}

/** A password that was set so many days ago, and never used. */
export async function oldPassword(
  aws: SandboxAws,
  user: string,
  ageDays: number,
): Promise<void> {
  await iam(aws, bastionId).send(
    new CreateLoginProfileCommand({
      UserName: user,
      Password: `First-password-of-${user}-1!`,
    }),
  );
  const found = inside(aws, bastionId).users.get(user);
  if (found?.loginProfile === undefined) throw new Error("no password");
  found.loginProfile = {
    ...found.loginProfile,
    createdAt: new Date(aws.clock.now().getTime() - ageDays * 86_400_000),
  };
}

export async function deleteRole(
  aws: SandboxAws,
  account: string,
  RoleName: string,
): Promise<void> {
  const client = iam(aws, account);
  const { AttachedPolicies = [] } = await client.send(
    new ListAttachedRolePoliciesCommand({ RoleName }),
  );
  for (const { PolicyArn } of AttachedPolicies)
    await client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  const { PolicyNames = [] } = await client.send(
    new ListRolePoliciesCommand({ RoleName }),
  );
  for (const PolicyName of PolicyNames)
    await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  await client.send(new DeleteRoleCommand({ RoleName }));
}

export async function deleteGroup(
  aws: SandboxAws,
  GroupName: string,
): Promise<void> {
  const client = iam(aws, bastionId);
  const { Users = [] } = await client.send(new GetGroupCommand({ GroupName }));
  for (const { UserName = "" } of Users) await giveUp(aws, GroupName, UserName);
  const { PolicyNames = [] } = await client.send(
    new ListGroupPoliciesCommand({ GroupName }),
  );
  for (const PolicyName of PolicyNames)
    await client.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName }));
  await client.send(new DeleteGroupCommand({ GroupName }));
}

export async function deleteUser(
  aws: SandboxAws,
  UserName: string,
): Promise<void> {
  const client = iam(aws, bastionId);
  const { Groups = [] } = await client.send(
    new ListGroupsForUserCommand({ UserName }),
  );
  for (const { GroupName = "" } of Groups)
    await giveUp(aws, GroupName, UserName);
  await client.send(new DeleteUserCommand({ UserName }));
}
