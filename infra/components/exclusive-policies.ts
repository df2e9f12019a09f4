import type { Group } from "@pulumi/aws/iam/group";
import { GroupPoliciesExclusive } from "@pulumi/aws/iam/groupPoliciesExclusive";
import { GroupPolicyAttachmentsExclusive } from "@pulumi/aws/iam/groupPolicyAttachmentsExclusive";
import type { Role } from "@pulumi/aws/iam/role";
import { RolePoliciesExclusive } from "@pulumi/aws/iam/rolePoliciesExclusive";
import { RolePolicyAttachmentsExclusive } from "@pulumi/aws/iam/rolePolicyAttachmentsExclusive";
import type { User } from "@pulumi/aws/iam/user";
import { UserPoliciesExclusive } from "@pulumi/aws/iam/userPoliciesExclusive";
import { UserPolicyAttachmentsExclusive } from "@pulumi/aws/iam/userPolicyAttachmentsExclusive";
import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";

/**
 * All the policies that a role, a group or a user is to have, and no others: one that somebody put
 * there by hand is drift then, and goes.
 */
export interface WholePolicies {
  /** Names of inline policies. */
  readonly inline: readonly string[];
  /** ARNs of managed policies. */
  readonly managed: readonly Input<string>[];
  /** The resources that put them there. */
  readonly madeBy: readonly Resource[];
}

export function keepRoleTo(
  role: Role,
  logicalName: string,
  policies: WholePolicies,
): void {
  const holder = { roleName: role.name };
  const options = afterThem(role, policies);
  const { policyNames, policyArns } = listsOf(policies);
  const attachments = new RolePolicyAttachmentsExclusive(
    logicalName,
    { ...holder, policyArns },
    options,
  );
  new RolePoliciesExclusive(
    logicalName,
    { ...holder, policyNames },
    afterThem(role, policies, attachments),
  );
}

export function keepGroupTo(
  group: Group,
  logicalName: string,
  policies: WholePolicies,
): void {
  const holder = { groupName: group.name };
  const options = afterThem(group, policies);
  const { policyNames, policyArns } = listsOf(policies);
  const attachments = new GroupPolicyAttachmentsExclusive(
    logicalName,
    { ...holder, policyArns },
    options,
  );
  new GroupPoliciesExclusive(
    logicalName,
    { ...holder, policyNames },
    afterThem(group, policies, attachments),
  );
}

/** Users are to have none: what they may do stands in groups. */
export function keepUserWithoutPolicies(user: User, logicalName: string): void {
  const holder = { userName: user.name };
  const options = { parent: user };
  new UserPoliciesExclusive(
    logicalName,
    { ...holder, policyNames: [] },
    options,
  );
  new UserPolicyAttachmentsExclusive(
    logicalName,
    { ...holder, policyArns: [] },
    options,
  );
}

const listsOf = ({ inline, managed }: WholePolicies) => ({
  policyNames: [...inline],
  policyArns: [...managed],
});

/**
 * Before what puts the policies there, it would have to do so itself, and knows names alone. Managed
 * policies go first: what is denied stands in inline ones.
 */
const afterThem = (
  parent: Resource,
  { madeBy }: WholePolicies,
  ...further: readonly Resource[]
): CustomResourceOptions => ({ parent, dependsOn: [...madeBy, ...further] });
