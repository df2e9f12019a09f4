import { randomUUID } from "node:crypto";
import type { Account, Role } from "../model";
import { newRole } from "../new-identity";
import type { Call, Operations, Result } from "../operation";
import { onIdentity } from "./actions";
import { describeRole } from "./descriptions";
import { arnOf, isServiceLinked } from "./entities";
import { invalidInput, noSuchEntity } from "../errors";
import { removeIdentity } from "./identities";

interface ServiceRole {
  readonly service: string;
  readonly name: string;
  readonly path: string;
}

/** Names that services chose. Source: their guides, "Using service-linked roles". */
const chosen: ReadonlyMap<string, string> = new Map([
  ["access-analyzer", "AccessAnalyzer"],
  ["autoscaling", "AutoScaling"],
  ["cloudtrail", "CloudTrail"],
  ["ecs", "ECS"],
  ["eks", "AmazonEKS"],
  ["elasticbeanstalk", "ElasticBeanstalk"],
  ["elasticloadbalancing", "ElasticLoadBalancing"],
  ["guardduty", "AmazonGuardDuty"],
  ["rds", "RDS"],
  ["securityhub", "SecurityHub"],
  ["spot", "EC2Spot"],
  ["spotfleet", "EC2SpotFleet"],
  ["sso", "SSO"],
]);

/**
 * What the request asks for. Where the service's own choice is not known, the name is made up from the
 * service's.
 */
function wantedRole({ parameters }: Call): ServiceRole {
  const service = parameters.required("AWSServiceName");
  // Stricter than the model, which takes any name. Source: AWS documentation,
  // "CreateServiceLinkedRole".
  if (!/^[\w-]+(\.[\w-]+)*\.amazonaws\.com(\.cn)?$/.test(service))
    throw invalidInput(`${service} is no service principal.`);
  const [short = service] = service.split(".");
  const suffix = parameters.get("CustomSuffix");
  const made = `${short.charAt(0).toUpperCase()}${short.slice(1)}`;
  const base = `AWSServiceRoleFor${chosen.get(short) ?? made}`;
  return {
    service,
    name: suffix ? `${base}_${suffix}` : base,
    path: `/aws-service-role/${service}/`,
  };
}

function createRole(call: Call): Result {
  const { service, name, path } = wantedRole(call);
  if (call.account.roles.has(name)) {
    throw invalidInput(
      `Service role name ${name} has been taken in this account, please try a different suffix.`,
    );
  }
  const role: Role = {
    ...newRole(call.cloud, { name, path }, { Service: service }),
    description: call.parameters.get("Description"),
  };
  call.account.roles.set(name, role);
  return { Role: describeRole(call, role) };
}

const deletions = new WeakMap<Account, Set<string>>();

/** AWS deletes in the background and hands out a task; here it is done at once. */
function deleteRole(role: Role, call: Call): Result {
  if (!isServiceLinked(role))
    throw invalidInput(`Role ${role.name} is not a service-linked role.`);
  removeIdentity(call, "Role", role);
  const task = `task${role.path}${role.name}/${randomUUID()}`;
  const done = deletions.get(call.account) ?? new Set();
  deletions.set(call.account, done.add(task));
  return { DeletionTaskId: task };
}

function deletionStatus(call: Call): Result {
  const task = call.parameters.required("DeletionTaskId");
  if (deletions.get(call.account)?.has(task)) return { Status: "SUCCEEDED" };
  throw noSuchEntity(`Deletion task ${task}`);
}

/** Roles that AWS's services make for themselves. */
export const serviceLinkedRoleOperations: Operations = {
  CreateServiceLinkedRole: {
    resource: (call) => arnOf(call, "Role", wantedRole(call)),
    context: (call) => ({ "iam:AWSServiceName": wantedRole(call).service }),
    run: createRole,
  },
  DeleteServiceLinkedRole: onIdentity("Role")(deleteRole),
  GetServiceLinkedRoleDeletionStatus: {
    resource: (call) => {
      const task = call.parameters.required("DeletionTaskId");
      const [, path = "/", name = ""] =
        /^task(\/aws-service-role\/[^/]+\/)([^/]+)\/[^/]+$/.exec(task) ?? [];
      if (!name) throw invalidInput(`DeletionTaskId ${task} is not valid.`);
      return arnOf(call, "Role", { path, name });
    },
    run: deletionStatus,
  },
};
