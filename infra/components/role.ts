import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import type { ComponentResource } from "@pulumi/pulumi";
import { documentText } from "../documents/policy-document";
import type { roleResources } from "../logical-names";
import type { RolePlan } from "../roles";

/** A role that people take, with all that it is allowed. */
export function makeRole(
  parent: ComponentResource,
  names: ReturnType<typeof roleResources>,
  plan: RolePlan,
): Role {
  const role = new Role(
    names.role(plan.name),
    {
      name: plan.name,
      description: plan.description,
      assumeRolePolicy: documentText(plan.trustPolicy),
      maxSessionDuration: plan.maxSessionSeconds,
      ...(plan.permissionsBoundaryArn !== undefined && {
        permissionsBoundary: plan.permissionsBoundaryArn,
      }),
    },
    // A role has one name in its account, so a replacement can't stand beside the old one.
    { parent, deleteBeforeReplace: true },
  );
  for (const [policy, policyArn] of Object.entries(plan.managedPolicyArns)) {
    new RolePolicyAttachment(
      names.rolePolicy(plan.name, policy),
      { role: role.name, policyArn },
      { parent: role },
    );
  }
  for (const [policy, text] of Object.entries(plan.inlinePolicies)) {
    new RolePolicy(
      names.rolePolicy(plan.name, policy),
      { role: role.name, name: policy, policy: text },
      { parent: role },
    );
  }
  return role;
}
