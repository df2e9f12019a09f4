import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import type { ComponentResource, Resource } from "@pulumi/pulumi";
import { keepRoleTo } from "./exclusive-policies";
import { inOrder } from "./in-order";
import { denialsFirst } from "../documents/denials-first";
import { documentText } from "../documents/policy-document";
import type { roleResources } from "../logical-names";
import type { MachineRolePlan } from "../roles";

/** What is made of a role, whoever takes it. */
type RoleArgs = Omit<MachineRolePlan, "trust">;

interface RoleSettings {
  /** What has to be there before it. */
  readonly after: Resource[];
  /** Who takes it: when that is another, the role is made anew. */
  readonly takenBy: string;
}

/**
 * A role with all that it is allowed, and nothing else.
 *
 * A role's trust is written before its policies: whom it lets in from now on would have for a moment what
 * it held for others. So it goes, and comes with nothing in it.
 */
export function makeRole(
  parent: ComponentResource,
  names: Pick<ReturnType<typeof roleResources>, "role" | "rolePolicy">,
  plan: RoleArgs,
  { after, takenBy }: RoleSettings,
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
    { parent, dependsOn: after, replacementTrigger: takenBy },
  );
  const inline = inOrder(
    denialsFirst(Object.entries(plan.inlinePolicies)),
    ([policy, text], dependsOn) =>
      new RolePolicy(
        names.rolePolicy(plan.name, policy),
        { role: role.name, name: policy, policy: text },
        { parent: role, dependsOn },
      ),
  );
  const attachments = Object.entries(plan.managedPolicyArns).map(
    ([policy, policyArn]) =>
      new RolePolicyAttachment(
        names.rolePolicy(plan.name, policy),
        { role: role.name, policyArn },
        // Inline policies hold what is denied: it comes before what is allowed, and goes after it.
        { parent: role, dependsOn: inline },
      ),
  );
  keepRoleTo(role, names.role(plan.name), {
    inline: Object.keys(plan.inlinePolicies),
    managed: Object.values(plan.managedPolicyArns),
    madeBy: [...inline, ...attachments],
  });
  return role;
}
