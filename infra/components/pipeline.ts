import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import {
  ComponentResource,
  output,
  type ComponentResourceOptions,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import type { PipelineFacts } from "../config";
import { componentTypes } from "../logical-names";
import { pipelineRoles } from "../names";
import {
  pipelineTrust,
  tokenAudience,
  tokenIssuer,
  type TokenSubject,
} from "../documents/pipeline-trust";
import {
  documentText,
  type PolicyDocument,
} from "../documents/policy-document";
import { iamArn, type AccountId, type Partition } from "../partition";

export interface PipelineArgs {
  readonly partition: Partition;
  readonly account: AccountId;
  readonly pipeline: PipelineFacts;
  readonly preview: PolicyDocument;
  readonly deployment: PolicyDocument;
}

/**
 * The way in for a repository's workflows, without any stored key: one role that reads, for its
 * pull requests, and one that deploys, for its branch or environment.
 */
export class Pipeline extends ComponentResource {
  readonly roles: Output<{
    readonly preview: string;
    readonly deployment: string;
  }>;

  constructor(
    name: string,
    args: PipelineArgs,
    options: ComponentResourceOptions,
  ) {
    super(componentTypes.pipeline, name, {}, options);
    const { partition, account, pipeline } = args;
    const after = pipeline.existingProvider
      ? []
      : [this.makeProvider(name, partition)];
    const make = (role: MadeRole) => {
      this.makeRole(name, role, args, after);
      return iamArn(partition, account, `role/${role.name}`);
    };
    this.roles = output({
      preview: make({
        name: pipelineRoles.preview,
        description: "Reads, for the plan that a pull request shows",
        subject: { pullRequest: true },
        policy: args.preview,
      }),
      deployment: make({
        name: pipelineRoles.deployment,
        description: "Deploys what was merged",
        subject: pipeline.deploysFrom,
        policy: args.deployment,
      }),
    });
    this.registerOutputs({ roles: this.roles });
  }

  private makeProvider(
    name: string,
    partition: Partition,
  ): OpenIdConnectProvider {
    return new OpenIdConnectProvider(
      name,
      {
        url: `https://${tokenIssuer}`,
        clientIdLists: [tokenAudience(partition)],
      },
      { parent: this },
    );
  }

  private makeRole(
    prefix: string,
    { name, description, subject, policy }: MadeRole,
    { partition, account, pipeline }: PipelineArgs,
    dependsOn: Resource[],
  ): void {
    const trust = pipelineTrust(
      partition,
      account,
      pipeline.repository,
      subject,
    );
    const role = new Role(
      `${prefix}-${name}`,
      {
        name,
        description,
        assumeRolePolicy: documentText(trust),
        // One run's worth, and the shortest that IAM lets a role have.
        maxSessionDuration: 3_600,
      },
      // A role has one name in its account, so a replacement can't stand beside the old one.
      { parent: this, dependsOn, deleteBeforeReplace: true },
    );
    new RolePolicy(
      `${prefix}-${name}`,
      { role: role.name, name, policy: documentText(policy) },
      { parent: role },
    );
  }
}

interface MadeRole {
  readonly name: string;
  readonly description: string;
  readonly subject: TokenSubject;
  readonly policy: PolicyDocument;
}
