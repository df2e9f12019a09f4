import { newIdentity } from "../new-identity";
import type { Role } from "../model";
import type { Call, Operations, Result } from "../operation";
import { matching, wholeNumber } from "../parameters";
import { onAccount, onIdentity } from "./actions";
import { identityKeys, requestedBoundary, requestTags } from "./condition-keys";
import { describeRole, listedRole } from "./descriptions";
import {
  arnOf,
  changeableIdentity,
  identityArn,
  isServiceLinked,
  newIdentityArn,
  refuseTakenName,
  roleOf,
  shortNamePattern,
} from "./entities";
import {
  deleteConflict,
  invalidInput,
  limitExceeded,
  validationError,
} from "./errors";
import { listPage } from "./paging";
import { pathIn, underPrefix } from "./paths";
import { trustDocumentIn } from "./policy-documents";
import { boundaryIn } from "./policy-lookup";
import { replacePrincipal } from "./principals";
import { quotas } from "./quotas";
import { endSessions } from "./sessions";
import { tagOperations, tagsIn } from "./tags";

/** Seconds. */
const sessionBounds = { least: 3_600, most: 43_200 };

function createRole(call: Call): Result {
  const { account, cloud, parameters } = call;
  const name = matching(parameters, "RoleName", shortNamePattern);
  refuseTakenName(call, "Role", name);
  if (account.roles.size >= quotas.roles)
    throw limitExceeded("RolesPerAccount", quotas.roles);
  const path = pathIn(parameters);
  if (isServiceLinked({ path })) {
    throw invalidInput(
      "Roles below /aws-service-role/ are created by CreateServiceLinkedRole.",
    );
  }
  const role: Role = {
    ...newIdentity(cloud, "AROA", { name, path }),
    tags: tagsIn(call),
    trustPolicy: trustDocumentIn(cloud, parameters, "AssumeRolePolicyDocument"),
    maxSessionDuration: wholeNumber(
      parameters,
      "MaxSessionDuration",
      sessionBounds,
      3_600,
    ),
    ...descriptionIn(call),
    ...boundaryIn(call),
  };
  account.roles.set(name, role);
  return { Role: describeRole(call, role) };
}

/** At most 1,000 characters; an empty one takes it away. */
function descriptionIn({ parameters }: Call): { description?: string } {
  const description = parameters.get("Description");
  if (description === undefined) return {};
  if (description.length <= 1_000) return { description };
  throw validationError(
    "1 validation error detected: Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 1000",
  );
}

function updateRole(call: Call): Result {
  const role = changeableIdentity(call, "Role");
  role.maxSessionDuration = wholeNumber(
    call.parameters,
    "MaxSessionDuration",
    sessionBounds,
    role.maxSessionDuration,
  );
  Object.assign(role, descriptionIn(call));
  return {};
}

function deleteRole(call: Call): Result {
  const { account, cloud } = call;
  const role = changeableIdentity(call, "Role");
  if (role.inlinePolicies.size > 0) throw deleteConflict("delete policies");
  if (role.attachedPolicies.size > 0)
    throw deleteConflict("detach all policies");
  removeRole({ account, cloud }, role);
  return {};
}

/** Takes the role away, with its sessions, and leaves its id where trust policies named it. */
export function removeRole(
  { account, cloud }: Pick<Call, "account" | "cloud">,
  role: Role,
): void {
  account.roles.delete(role.name);
  endSessions(cloud, account.id, "role", role.name);
  replacePrincipal(cloud, arnOf({ account, cloud }, "Role", role), role.id);
}

/** Roles, but for those that AWS's services make for themselves. */
export const roleOperations: Operations = {
  CreateRole: {
    action: "iam:CreateRole",
    resource: (call) => newIdentityArn(call, "Role"),
    context: (call) => ({ ...requestTags(call), ...requestedBoundary(call) }),
    run: createRole,
  },
  GetRole: onIdentity("Role", "GetRole", (call) => ({
    Role: describeRole(call, roleOf(call)),
  })),
  UpdateRole: onIdentity("Role", "UpdateRole", updateRole),
  UpdateRoleDescription: onIdentity("Role", "UpdateRoleDescription", (call) => {
    const role = changeableIdentity(call, "Role");
    Object.assign(role, descriptionIn(call));
    return { Role: describeRole(call, role) };
  }),
  UpdateAssumeRolePolicy: onIdentity(
    "Role",
    "UpdateAssumeRolePolicy",
    (call) => {
      changeableIdentity(call, "Role").trustPolicy = trustDocumentIn(
        call.cloud,
        call.parameters,
        "PolicyDocument",
      );
      return {};
    },
  ),
  DeleteRole: onIdentity("Role", "DeleteRole", deleteRole),
  ListRoles: onAccount("ListRoles", (call) => {
    return listPage(
      call,
      "Roles",
      underPrefix(call.parameters, call.account.roles.values()),
      ({ name }) => name,
      (role) => listedRole(call, role),
    );
  }),
  ListInstanceProfilesForRole: onIdentity(
    "Role",
    "ListInstanceProfilesForRole",
    (call) => {
      roleOf(call);
      return { InstanceProfiles: [], IsTruncated: false };
    },
  ),
  ...tagOperations(
    "Role",
    (call) => identityArn(call, "Role"),
    (call) => identityKeys(call, "Role"),
    roleOf,
  ),
};
