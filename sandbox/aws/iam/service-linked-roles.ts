import { randomUUID } from "node:crypto";
import type { Account, Role } from "../model";
import { newRole } from "../new-identity";
import type { Call, Operations, Result } from "../operation";
import { onIdentity } from "./actions";
import { describeRole } from "./descriptions";
import { arnOf, isServiceLinked } from "./entities";
import { invalidInput, noSuchEntity } from "../errors";
import { removeIdentity } from "./identities";
import published from "./service-role-names.json";

interface ServiceRole {
  readonly service: string;
  readonly name: string;
  readonly path: string;
}

/** What AWS's services call their roles; where each name is from stands in the file. */
const known: {
  readonly names: Readonly<Record<string, string>>;
  readonly takeSuffix: readonly string[];
} = published;

/**
 * What the request asks for. AWS's services choose their roles' names themselves, and a name that
 * was made up would pass by policies that name the role: a service whose name for it is not known
 * is refused.
 */
function wantedRole({ parameters }: Call): ServiceRole {
  const service = parameters.required("AWSServiceName");
  const name = Object.hasOwn(known.names, service)
    ? known.names[service]
    : undefined;
  if (name === undefined) {
    throw invalidInput(
      `${service} has no service-linked role that the sandbox knows: it has those of sandbox/aws/iam/service-role-names.json.`,
    );
  }
  const suffix = parameters.get("CustomSuffix");
  if (suffix && !known.takeSuffix.includes(service))
    throw invalidInput(`Custom suffix is not allowed for ${service}`);
  return {
    service,
    name: suffix ? `${name}_${suffix}` : name,
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
