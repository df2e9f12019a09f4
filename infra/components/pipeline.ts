import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import {
  ComponentResource,
  createUrn,
  output,
  type ComponentResourceOptions,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { documentText } from "../documents/policy-document";
import { tokenIssuer } from "../documents/pipeline-trust";
import {
  componentTypes,
  pipelineResources,
  roleResources,
} from "../logical-names";
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
  /** undefined: another stack made it, or it comes with the account's roles. */
  readonly identityProvider: OpenIdConnectProvider | undefined;
  readonly roles: Output<{
    readonly preview: string;
    readonly deployment: string;
    readonly audit?: string;
  }>;

  constructor(
    private readonly component: string,
    private readonly args: PipelineArgs,
    options?: ComponentResourceOptions,
  ) {
    super(
      componentTypes.pipeline,
      component,
      args,
      withReplacementsInPlace(options),
    );
    const { identityProvider, preview, deployment, audit } = args;
    this.identityProvider =
      identityProvider &&
      new OpenIdConnectProvider(
        pipelineResources(component).identityProvider,
        identityProvider,
        {
          parent: this,
          // It stays the same where roles of the account had it before there was a pipeline.
          aliases: [
            {
              name: roleResources(component).identityProvider(tokenIssuer),
              parent: createUrn(component, componentTypes.workload),
            },
          ],
        },
      );
    this.roles = output({
      preview: preview.arn,
      deployment: deployment.arn,
      ...(audit && { audit: audit.arn }),
    });
    this.registerOutputs({ roles: this.roles });
  }

  /**
   * The roles. They come by themselves, since roles of the account may take the same tokens: these wait
   * for the identity provider, and the pipeline's roles for them.
   *
   * @param account what bounds users or roles, and who is bounded: it stands before whoever may write them
   */
  makeRoles(account: ComponentResource): void {
    const { preview, deployment, audit } = this.args;
    const after = [
      account,
      ...(this.identityProvider ? [this.identityProvider] : []),
    ];
    for (const role of [preview, deployment, ...(audit ? [audit] : [])])
      this.makeRole(role, after);
  }

  private makeRole(plan: PipelineRolePlan, after: Resource[]): void {
    const inlinePolicies = Object.fromEntries(
      Object.entries(plan.inlinePolicies).map(([policy, document]) => [
        policy,
        documentText(document),
      ]),
    );
    makeRole(
      this,
      pipelineResources(this.component),
      {
        ...plan,
        inlinePolicies,
        managedPolicyArns: {},
        permissionsBoundaryArn: undefined,
      },
      { after, takenBy: tokenIssuer },
    );
  }
}
