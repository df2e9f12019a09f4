import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import {
  ComponentResource,
  createUrn,
  output,
  type ComponentResourceOptions,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { takerOf } from "../documents/machine-trust";
import { tokenIssuer } from "../documents/pipeline-trust";
import { people } from "../documents/trust";
import {
  componentTypes,
  pipelineResources,
  roleResources,
} from "../logical-names";
import type { AccountId } from "../partition";
import type { BoundaryPlan } from "../pipeline-boundaries";
import type { IdentityProviderPlan } from "../machine-access";
import type { MachineRolePlan, RolePlan } from "../roles";
import { makeBoundary } from "./boundary";
import { makeRole } from "./role";
import { withReplacementsInPlace } from "./replacement";

/**
 * Plain values, not Pulumi's `Input`s: a preview has to know principals and ARNs, or a policy pack
 * can't judge them.
 */
export interface WorkloadAccountArgs {
  readonly accountId: AccountId;
  readonly roles: readonly RolePlan[];
  readonly machineRoles: readonly MachineRolePlan[];
  /** All by which tokens get in; those that are the stack's own, and not the pipeline's, are made. */
  readonly identityProviders: readonly IdentityProviderPlan[];
  /** Made with the pipeline; undefined: there is none, or it is not the pipeline's. */
  readonly pipelinesProvider: OpenIdConnectProvider | undefined;
  /** undefined: no pipeline makes roles, and nothing bounds them. */
  readonly roleBoundary: BoundaryPlan | undefined;
}

/** What a person needs to know of a role in order to take it. */
export interface RoleOutputs {
  readonly arn: string;
  readonly switchUrl: string;
  /** Seconds. */
  readonly maxSessionSeconds: number;
}

/**
 * The roles of one workload account: those taken by the bastion's users, with MFA, and by nobody else;
 * and those of vendors and machines that the config has, which no person takes.
 */
export class WorkloadAccount extends ComponentResource {
  readonly accountId: Output<AccountId>;
  readonly roles: Output<Readonly<Record<string, RoleOutputs>>>;
  /** ARNs by name, of those that no person takes. */
  readonly machineRoles: Output<Readonly<Record<string, string>>>;

  constructor(
    name: string,
    args: WorkloadAccountArgs,
    options?: ComponentResourceOptions,
  ) {
    super(
      componentTypes.workload,
      name,
      args,
      withReplacementsInPlace(options),
    );
    this.accountId = output(args.accountId);
    const boundary = makeBoundary(
      this,
      roleResources(name).roleBoundary,
      args.roleBoundary,
    );
    const after = boundary ? [boundary.policy] : [];
    this.roles = output(
      Object.fromEntries(
        args.roles.map((plan) => [plan.name, this.makeRole(name, plan, after)]),
      ),
    );
    const providers = [
      ...(args.pipelinesProvider ? [args.pipelinesProvider] : []),
      ...args.identityProviders
        .filter(({ isOwn, isPipelines }) => isOwn && !isPipelines)
        .map((plan) => this.makeIdentityProvider(name, plan)),
    ];
    this.machineRoles = output(
      Object.fromEntries(
        args.machineRoles.map((plan) => [
          plan.name,
          makeRole(this, roleResources(name), plan, {
            after: [...after, ...providers],
            takenBy: takerOf(plan.trust),
          }).arn,
        ]),
      ),
    );
    this.registerOutputs({
      accountId: this.accountId,
      roles: this.roles,
      machineRoles: this.machineRoles,
    });
  }

  private makeIdentityProvider(
    component: string,
    { issuer, audiences }: IdentityProviderPlan,
  ): OpenIdConnectProvider {
    return new OpenIdConnectProvider(
      roleResources(component).identityProvider(issuer),
      { url: `https://${issuer}`, clientIdLists: [...audiences] },
      {
        parent: this,
        // It stays the same where a pipeline goes whose provider it was.
        aliases:
          issuer === tokenIssuer
            ? [
                {
                  name: pipelineResources(component).identityProvider,
                  parent: createUrn(component, componentTypes.pipeline),
                },
              ]
            : [],
      },
    );
  }

  private makeRole(
    component: string,
    plan: RolePlan,
    after: Resource[],
  ): Output<RoleOutputs> {
    const role = makeRole(this, roleResources(component), plan, {
      after,
      takenBy: people,
    });
    return output({
      arn: role.arn,
      switchUrl: plan.switchUrl,
      maxSessionSeconds: plan.maxSessionSeconds,
    });
  }
}
