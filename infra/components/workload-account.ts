import {
  ComponentResource,
  output,
  type ComponentResourceOptions,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { componentTypes, roleResources } from "../logical-names";
import type { AccountId } from "../partition";
import type { BoundaryPlan } from "../pipeline-boundaries";
import type { RolePlan } from "../roles";
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

/** The roles of one workload account: taken by the bastion's users, with MFA, and by nobody else. */
export class WorkloadAccount extends ComponentResource {
  readonly accountId: Output<AccountId>;
  readonly roles: Output<Readonly<Record<string, RoleOutputs>>>;

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
    this.registerOutputs({ accountId: this.accountId, roles: this.roles });
  }

  private makeRole(
    component: string,
    plan: RolePlan,
    after: Resource[],
  ): Output<RoleOutputs> {
    const role = makeRole(this, roleResources(component), plan, after);
    return output({
      arn: role.arn,
      switchUrl: plan.switchUrl,
      maxSessionSeconds: plan.maxSessionSeconds,
    });
  }
}
