import {
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  ListInstanceProfilesForRoleCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import type { LiveAccount, LiveIdentity } from "../accounts/live-account";
import { heldPolicies } from "./superseded";
import type { HeldPolicy, Removal } from "./removal";

/** Takes one thing away. What it holds goes first, since IAM deletes nothing that holds something. */
export async function remove(
  iam: IAMClient,
  { groups, roles }: LiveAccount,
  removal: Removal,
): Promise<void> {
  switch (removal.kind) {
    case "policy of a user":
      await removeUserPolicy(iam, removal.user, removal.policy);
      return;
    case "membership": {
      const { user: UserName, group: GroupName } = removal;
      await iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName }));
      return;
    }
    case "policy of a group":
      await removeGroupPolicy(iam, removal.group, removal.policy);
      return;
    case "group":
      for (const policy of policiesOf(groups, removal.group)) {
        await removeGroupPolicy(iam, removal.group, policy);
      }
      await iam.send(new DeleteGroupCommand({ GroupName: removal.group }));
      return;
    case "key":
      await removeKey(iam, removal.user, removal.id);
      return;
    case "role":
      await refuseInUse(iam, removal.role);
      for (const policy of policiesOf(roles, removal.role)) {
        await removeRolePolicy(iam, removal.role, policy);
      }
      await iam.send(new DeleteRoleCommand({ RoleName: removal.role }));
  }
}

const policiesOf = (
  identities: readonly LiveIdentity[],
  name: string,
): readonly HeldPolicy[] =>
  identities.filter((one) => one.name === name).flatMap(heldPolicies);

const removeUserPolicy = (
  iam: IAMClient,
  UserName: string,
  policy: HeldPolicy,
): Promise<unknown> =>
  policy.kind === "inline"
    ? iam.send(
        new DeleteUserPolicyCommand({ UserName, PolicyName: policy.name }),
      )
    : iam.send(
        new DetachUserPolicyCommand({ UserName, PolicyArn: policy.arn }),
      );

const removeGroupPolicy = (
  iam: IAMClient,
  GroupName: string,
  policy: HeldPolicy,
): Promise<unknown> =>
  policy.kind === "inline"
    ? iam.send(
        new DeleteGroupPolicyCommand({ GroupName, PolicyName: policy.name }),
      )
    : iam.send(
        new DetachGroupPolicyCommand({ GroupName, PolicyArn: policy.arn }),
      );

const removeRolePolicy = (
  iam: IAMClient,
  RoleName: string,
  policy: HeldPolicy,
): Promise<unknown> =>
  policy.kind === "inline"
    ? iam.send(
        new DeleteRolePolicyCommand({ RoleName, PolicyName: policy.name }),
      )
    : iam.send(
        new DetachRolePolicyCommand({ RoleName, PolicyArn: policy.arn }),
      );

/** Switched off first: should the deletion fail, the key is worth nothing all the same. */
async function removeKey(
  iam: IAMClient,
  UserName: string,
  AccessKeyId: string,
): Promise<void> {
  await iam.send(
    new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: "Inactive" }),
  );
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
}

/** A role in an instance profile is in use by machines: it is left as it is. */
async function refuseInUse(iam: IAMClient, RoleName: string): Promise<void> {
  const { InstanceProfiles: profiles = [] } = await iam.send(
    new ListInstanceProfilesForRoleCommand({ RoleName }),
  );
  if (profiles.length === 0) return;
  throw new Error(
    `the role ${RoleName} is in the instance profile ${profiles.map(({ InstanceProfileName }) => InstanceProfileName).join(", ")}: take it out of there first, or keep it (--keep)`,
  );
}
