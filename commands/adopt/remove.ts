import type { IAM } from "@aws-sdk/client-iam";
import { ifThere } from "../accounts/if-there";
import type { LiveAccount, LiveIdentity } from "../accounts/live-account";
import { heldPolicies } from "./superseded";
import type { HeldPolicy, PolicyHolder, Removal } from "./removal";

/**
 * Takes one thing away; what is gone already is no error. What it holds goes first, since IAM deletes
 * nothing that holds something.
 */
export async function remove(
  iam: IAM,
  { groups, roles }: LiveAccount,
  removal: Removal,
): Promise<void> {
  switch (removal.kind) {
    case "policy":
      await ifThere(removePolicy(iam, removal, removal.policy));
      return;
    case "membership": {
      const { user: UserName, group: GroupName } = removal;
      await ifThere(iam.removeUserFromGroup({ UserName, GroupName }));
      return;
    }
    case "group": {
      const { group: name } = removal;
      await removePolicies(iam, { holder: "group", name }, groups);
      await ifThere(iam.deleteGroup({ GroupName: name }));
      return;
    }
    case "key":
      await ifThere(removeKey(iam, removal.user, removal.id));
      return;
    case "role": {
      const { role: name } = removal;
      await ifThere(refuseInUse(iam, name));
      await removePolicies(iam, { holder: "role", name }, roles);
      await ifThere(iam.deleteRole({ RoleName: name }));
    }
  }
}

async function removePolicies(
  iam: IAM,
  holder: PolicyHolder,
  identities: readonly LiveIdentity[],
): Promise<void> {
  const held = identities.filter(({ name }) => name === holder.name);
  for (const policy of held.flatMap(heldPolicies)) {
    await ifThere(removePolicy(iam, holder, policy));
  }
}

const removePolicy = (
  iam: IAM,
  { holder, name }: PolicyHolder,
  policy: HeldPolicy,
): Promise<unknown> => {
  const ofUser = { UserName: name };
  const ofGroup = { GroupName: name };
  const ofRole = { RoleName: name };
  if (policy.kind === "inline") {
    const { name: PolicyName } = policy;
    return {
      user: () => iam.deleteUserPolicy({ ...ofUser, PolicyName }),
      group: () => iam.deleteGroupPolicy({ ...ofGroup, PolicyName }),
      role: () => iam.deleteRolePolicy({ ...ofRole, PolicyName }),
    }[holder]();
  }
  const { arn: PolicyArn } = policy;
  return {
    user: () => iam.detachUserPolicy({ ...ofUser, PolicyArn }),
    group: () => iam.detachGroupPolicy({ ...ofGroup, PolicyArn }),
    role: () => iam.detachRolePolicy({ ...ofRole, PolicyArn }),
  }[holder]();
};

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
