import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import {
  ComponentResource,
  output,
  type ComponentResourceOptions,
  type Output,
} from "@pulumi/pulumi";
import type { InlinePolicy, RoleDefinition } from "../config";
import { componentTypes } from "../logical-names";
import { documentText } from "../documents/policy-document";
import { trustPolicy } from "../documents/trust";
import {
  awsManagedPolicyArn,
  iamArn,
  switchRoleUrl,
  type AccountId,
  type Partition,
} from "../partition";

export interface WorkloadAccountArgs {
  readonly partition: Partition;
  readonly accountId: AccountId;
  /** The account's name in the config; the console shows it beside the role. */
  readonly accountName: string;
  readonly bastionAccountId: AccountId;
  readonly roles: readonly RoleDefinition[];
}

/** What a person needs to know of a role in order to take it. */
export interface RoleOutputs {
  readonly arn: string;
  readonly switchUrl: string;
  /** Seconds. */
  readonly maxSessionSeconds: number;
}

/** The roles of one workload account: taken by the bastion's users, with MFA, and by nobody else. */
export class WorkloadAccount extends ComponentResource {
  readonly accountId: Output<AccountId>;
  readonly roles: Output<Readonly<Record<string, RoleOutputs>>>;

  constructor(
    name: string,
    args: WorkloadAccountArgs,
    options: ComponentResourceOptions,
  ) {
    super(componentTypes.workload, name, {}, options);
    const roles = args.roles.map(
      (role) => [role.name, this.makeRole(name, role, args)] as const,
    );
    this.accountId = output(args.accountId);
    this.roles = output(Object.fromEntries(roles));
    this.registerOutputs({ accountId: this.accountId, roles: this.roles });
  }

  private makeRole(
    account: string,
    definition: RoleDefinition,
    args: WorkloadAccountArgs,
  ): Output<RoleOutputs> {
    const { partition, accountId, accountName } = args;
    const prefix = `${account}-${definition.name}`;
    const role = this.makeTrust(prefix, definition, args);
    for (const policy of definition.managedPolicies) {
      new RolePolicyAttachment(
        `${prefix}-${policy}`,
        { role: role.name, policyArn: managedPolicyArn(partition, policy) },
        { parent: role },
      );
    }
    for (const [policy, inline] of Object.entries(definition.inlinePolicies)) {
      new RolePolicy(
        `${prefix}-${policy}`,
        {
          role: role.name,
          name: policy,
          policy: inlineText(inline, partition, accountId),
        },
        { parent: role },
      );
    }
    const target = {
      account: accountId,
      role: definition.name,
      label: `${accountName} ${definition.name}`,
    };
    return output({
      arn: role.arn,
      switchUrl: switchRoleUrl(partition, target),
      maxSessionSeconds: definition.maxSessionSeconds,
    });
  }

  /** The role itself: who may take it, for how long, and inside which boundary. */
  private makeTrust(
    resourceName: string,
    definition: RoleDefinition,
    args: WorkloadAccountArgs,
  ): Role {
    const { partition, accountId, bastionAccountId } = args;
    const {
      name,
      description,
      maxSessionSeconds,
      mfaMaxAgeSeconds,
      requireTls,
    } = definition;
    const trust = trustPolicy({
      partition,
      bastionAccountId,
      requireTls,
      ...(mfaMaxAgeSeconds === undefined ? {} : { mfaMaxAgeSeconds }),
    });
    return new Role(
      resourceName,
      {
        name,
        description,
        assumeRolePolicy: documentText(trust),
        maxSessionDuration: maxSessionSeconds,
        ...boundary(partition, accountId, definition.permissionsBoundary),
      },
      // A role has one name in its account, so a replacement can't stand beside the old one.
      { parent: this, deleteBeforeReplace: true },
    );
  }
}

const isArn = (policy: string): boolean => policy.startsWith("arn:");

const managedPolicyArn = (partition: Partition, policy: string): string =>
  isArn(policy) ? policy : awsManagedPolicyArn(partition, policy);

const inlineText = (
  policy: InlinePolicy,
  partition: Partition,
  account: AccountId,
): string =>
  policy.kind === "built"
    ? documentText(policy.build(partition, account))
    : JSON.stringify(policy.document);

const boundary = (
  partition: Partition,
  account: AccountId,
  policy: string | undefined,
) =>
  policy === undefined
    ? {}
    : {
        permissionsBoundary: isArn(policy)
          ? policy
          : iamArn(partition, account, `policy/${policy}`),
      };
