import { DeleteConflictException, type IAM } from "@aws-sdk/client-iam";
import { ifThere } from "../accounts/if-there";
import type { LiveAccount, LiveIdentity } from "../accounts/live-account";
import { withPutBack, withSwitchedOff } from "./put-back";
import type { HeldPolicy, PolicyHolder, Removal } from "./removal";
import { heldPolicies } from "./superseded";

/** Whether it was this removal that took it away. */
export type Outcome = "removed" | "already gone";

/**
 * Takes one thing away; what is gone already is no error. What it holds goes first, since IAM deletes
 * nothing that holds something.
 */
export async function remove(
  iam: IAM,
  { groups, roles }: LiveAccount,
  removal: Removal,
): Promise<Outcome> {
  switch (removal.kind) {
    case "policy":
      return outcomeOf(removePolicy(iam, removal, removal.policy));
    case "membership": {
      const { user: UserName, group: GroupName } = removal;
      return outcomeOf(iam.removeUserFromGroup({ UserName, GroupName }));
    }
    case "group": {
      const { group: name } = removal;
      return removeHolder(iam, { holder: "group", name }, groups, () =>
        iam.deleteGroup({ GroupName: name }),
      );
    }
    case "key":
      return outcomeOf(removeKey(iam, removal.user, removal.id));
    case "role": {
      const { role: name } = removal;
      await ifThere(refuseInUse(iam, name));
      return removeHolder(iam, { holder: "role", name }, roles, () =>
        iam.deleteRole({ RoleName: name }),
      );
    }
  }
}

const outcomeOf = async (asked: Promise<unknown>): Promise<Outcome> =>
  (await ifThere(asked)) === undefined ? "already gone" : "removed";

/**
 * The deletion is asked for before its policies go, and again after: IAM refuses it at first for what
 * is held, but only to whoever may delete. One that is denied has then taken nothing away.
 */
async function removeHolder(
  iam: IAM,
  holder: PolicyHolder,
  identities: readonly LiveIdentity[],
  deletes: () => Promise<unknown>,
): Promise<Outcome> {
  try {
    return await outcomeOf(deletes());
  } catch (error) {
    if (!(error instanceof DeleteConflictException)) throw error;
  }
  const identity = identities.find(({ name }) => name === holder.name);
  const taken: HeldPolicy[] = [];
  try {
    for (const policy of identity === undefined ? [] : heldPolicies(identity)) {
      const done = await outcomeOf(removePolicy(iam, holder, policy));
      if (done === "removed") taken.push(policy);
    }
    return await outcomeOf(deletes());
  } catch (error) {
    throw withPutBack(error, holder, identity?.inlinePolicies ?? [], taken);
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
): Promise<unknown> {
  const key = { UserName, AccessKeyId };
  await iam.updateAccessKey({ ...key, Status: "Inactive" });
  try {
    return await iam.deleteAccessKey(key);
  } catch (error) {
    throw withSwitchedOff(error, UserName, AccessKeyId);
  }
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
