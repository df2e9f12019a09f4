import type { IAM } from "@aws-sdk/client-iam";
import type { LiveAccount, LiveIdentity } from "../accounts/live-account";
import { heldPolicies } from "./superseded";
import type { HeldPolicy, Removal } from "./removal";

/** Takes one thing away. What it holds goes first, since IAM deletes nothing that holds something. */
export async function remove(
  iam: IAM,
  { groups, roles }: LiveAccount,
  removal: Removal,
): Promise<void> {
  switch (removal.kind) {
    case "policy of a user":
      await removePolicy(iam, { UserName: removal.user }, removal.policy);
      return;
    case "membership": {
      const { user: UserName, group: GroupName } = removal;
      await iam.removeUserFromGroup({ UserName, GroupName });
      return;
    }
    case "policy of a group":
      await removePolicy(iam, { GroupName: removal.group }, removal.policy);
      return;
    case "group": {
      const holder = { GroupName: removal.group };
      await removePolicies(iam, holder, groups, removal.group);
      await iam.deleteGroup(holder);
      return;
    }
    case "key":
      await removeKey(iam, removal.user, removal.id);
      return;
    case "role": {
      const holder = { RoleName: removal.role };
      await refuseInUse(iam, removal.role);
      await removePolicies(iam, holder, roles, removal.role);
      await iam.deleteRole(holder);
    }
  }
}

/** What holds a policy, as IAM's calls name it. */
type Holder =
  | { readonly UserName: string }
  | { readonly GroupName: string }
  | { readonly RoleName: string };

async function removePolicy(
  iam: IAM,
  holder: Holder,
  policy: HeldPolicy,
): Promise<void> {
  if (policy.kind === "inline") {
    const PolicyName = policy.name;
    if ("UserName" in holder) {
      await iam.deleteUserPolicy({ ...holder, PolicyName });
    } else if ("GroupName" in holder) {
      await iam.deleteGroupPolicy({ ...holder, PolicyName });
    } else {
      await iam.deleteRolePolicy({ ...holder, PolicyName });
    }
  } else {
    const PolicyArn = policy.arn;
    if ("UserName" in holder) {
      await iam.detachUserPolicy({ ...holder, PolicyArn });
    } else if ("GroupName" in holder) {
      await iam.detachGroupPolicy({ ...holder, PolicyArn });
    } else {
      await iam.detachRolePolicy({ ...holder, PolicyArn });
    }
  }
}

async function removePolicies(
  iam: IAM,
  holder: Holder,
  identities: readonly LiveIdentity[],
  name: string,
): Promise<void> {
  const held = identities.filter((one) => one.name === name);
  for (const policy of held.flatMap(heldPolicies)) {
    await removePolicy(iam, holder, policy);
  }
}

/** Switched off first: should the deletion fail, the key is worth nothing all the same. */
async function removeKey(
  iam: IAM,
  UserName: string,
  AccessKeyId: string,
): Promise<void> {
  const key = { UserName, AccessKeyId };
  await iam.updateAccessKey({ ...key, Status: "Inactive" });
  await iam.deleteAccessKey(key);
}

/** A role in an instance profile is in use by machines: it is left as it is. */
async function refuseInUse(iam: IAM, RoleName: string): Promise<void> {
  const { InstanceProfiles: profiles = [] } =
    await iam.listInstanceProfilesForRole({ RoleName });
  if (profiles.length === 0) return;
  const names = profiles.map(({ InstanceProfileName }) => InstanceProfileName);
  throw new Error(
    `the role ${RoleName} is in the instance profile ${names.join(", ")}: take it out of there first, or keep it (--keep)`,
  );
}
