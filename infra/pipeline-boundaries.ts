import { ConfigError, type BastionConfig, type Organisation } from "./config";
import {
  roleBoundaryPolicy,
  userBoundaryPolicy,
} from "./documents/pipeline-boundary";
import { documentText, type PolicyDocument } from "./documents/policy-document";
import { quotas } from "./documents/quotas";
import { selfServicePolicy } from "./documents/self-service";
import { boundaryPolicies, standardRoles } from "./names";
import { iamArn, type AccountId, type Partition } from "./partition";

/** A managed policy that bounds what a pipeline makes in one account. */
export type BoundaryPlan = ReturnType<typeof planBoundary>;

/**
 * What bounds the bastion's users, where config has a pipeline: it writes their groups' policies, which
 * can't carry a boundary.
 *
 * @throws ConfigError when there are more roles than the boundary can name.
 */
export function userBoundary(config: BastionConfig): BoundaryPlan | undefined {
  const { organisation, accountId, helpDesk, selfService } = config;
  const { partition, roles, pipeline } = organisation;
  if (pipeline === undefined) return undefined;
  const own = selfServicePolicy(partition, accountId, selfService);
  return planBoundary(
    "users",
    partition,
    accountId,
    userBoundaryPolicy(partition, own.Statement, [
      ...roles.keys(),
      ...(helpDesk === undefined ? [] : [helpDesk.role.name]),
    ]),
  );
}

/** What bounds the roles that a pipeline writes, where config has one. */
export function roleBoundary(
  { partition, roles, pipeline }: Organisation,
  accountId: AccountId,
): BoundaryPlan | undefined {
  if (pipeline === undefined) return undefined;
  const { inlinePolicies = {} } = roles.get(standardRoles.powerUser) ?? {};
  const denials = Object.values(inlinePolicies)
    .flatMap((policy) =>
      policy.kind === "built"
        ? policy.build(partition, accountId).Statement
        : [],
    )
    .filter(({ Effect }) => Effect === "Deny");
  return planBoundary(
    "roles",
    partition,
    accountId,
    roleBoundaryPolicy(denials),
  );
}

const fewer = {
  users: "fewer roles, or shorter names",
  roles: "fewer roles in roles.PowerUser.assumableRoles, or shorter paths",
} as const;

function planBoundary(
  kind: keyof typeof boundaryPolicies,
  partition: Partition,
  accountId: AccountId,
  document: PolicyDocument,
) {
  const name = boundaryPolicies[kind];
  const size = documentText(document).length;
  if (size > quotas.managedPolicyCharacters) {
    throw new ConfigError([
      {
        path: "pipeline",
        found: `what makes the policy ${name} ${size} characters long`,
        expected: `${fewer[kind]}: IAM lets a policy have ${quotas.managedPolicyCharacters}, and this one names them`,
      },
    ]);
  }
  return {
    name,
    arn: boundaryArn(kind, partition, accountId),
    description: `The most that ${kind} of a pipeline's making may do`,
    document,
  };
}

export const boundaryArn = (
  kind: keyof typeof boundaryPolicies,
  partition: Partition,
  accountId: AccountId,
): string => iamArn(partition, accountId, `policy/${boundaryPolicies[kind]}`);
