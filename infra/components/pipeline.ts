import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import {
  ComponentResource,
  output,
  type ComponentResourceOptions,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { documentText } from "../documents/policy-document";
import { componentTypes, pipelineResources } from "../logical-names";
import type { PipelinePlan, PipelineRolePlan } from "../pipeline-access";
import { makeRole } from "./role";
import { withReplacementsInPlace } from "./replacement";

/**
 * Plain values, not Pulumi's `Input`s: a preview has to know principals and ARNs, or a policy pack
 * can't judge them.
 */
export type PipelineArgs = PipelinePlan;

/**
 * Lets a repository's workflows into the account without any stored key: one role that reads, for
 * its pull requests, one that deploys, for its branch or environment, and where config asks for an
 * auditor, one that audits.
 */
export class Pipeline extends ComponentResource {
  readonly roles: Output<{
    readonly preview: string;
    readonly deployment: string;
    readonly audit?: string;
  }>;

  constructor(
    name: string,
    args: PipelineArgs,
    options?: ComponentResourceOptions,
  ) {
    super(
      componentTypes.pipeline,
      name,
      args,
      withReplacementsInPlace(options),
    );
    const { identityProvider, preview, deployment, audit } = args;
    const dependsOn =
      identityProvider === undefined
        ? []
        : [
            new OpenIdConnectProvider(
              pipelineResources(name).identityProvider,
              identityProvider,
              { parent: this },
            ),
          ];
    for (const role of [preview, deployment, ...(audit ? [audit] : [])]) {
      this.makeRole(name, role, dependsOn);
    }
    this.roles = output({
      preview: preview.arn,
      deployment: deployment.arn,
      ...(audit && { audit: audit.arn }),
    });
    this.registerOutputs({ roles: this.roles });
  }

  private makeRole(
    component: string,
    plan: PipelineRolePlan,
    after: Resource[],
  ): void {
    const inlinePolicies = Object.fromEntries(
      Object.entries(plan.inlinePolicies).map(([policy, document]) => [
        policy,
        documentText(document),
      ]),
    );
    makeRole(
      this,
      pipelineResources(component),
      {
        ...plan,
        inlinePolicies,
        managedPolicyArns: {},
        permissionsBoundaryArn: undefined,
      },
      after,
    );
  }
}
