import { invalidInput } from "../errors";
import type { Role } from "../model";
import type { Call, Operations, Result } from "../operation";
import { changing, onIdentity } from "./actions";
import { boundaryOperations } from "./attachments";
import { describeRole } from "./descriptions";
import { isServiceLinked } from "./entities";
import { refuseInProfile } from "./instance-profiles";
import {
  creation,
  identityOperations,
  newIdentityIn,
  refuseWithPolicies,
  removeIdentity,
} from "./identities";
import { trustDocumentIn } from "./policy-documents";
import { boundaryIn } from "./policy-lookup";
import { tagOperations, tagsIn } from "./tags";

/** In seconds; an hour where a request does not say, also where a role had more before. Source: IAM API
 * reference, "CreateRole" and "UpdateRole". */
const durationIn = ({ parameters }: Call): number =>
  parameters.number("MaxSessionDuration", 3_600);

function createRole(call: Call): Result {
  const identity = newIdentityIn(call, "Role");
  if (isServiceLinked(identity)) {
    throw invalidInput(
      "Roles below /aws-service-role/ are created by CreateServiceLinkedRole.",
    );
  }
  const role: Role = {
    ...identity,
    tags: tagsIn(call),
    trustPolicy: trustDocumentIn(call, "AssumeRolePolicyDocument"),
    maxSessionDuration: durationIn(call),
    ...descriptionIn(call),
    ...boundaryIn(call),
  };
  call.account.roles.set(role.name, role);
  return { Role: describeRole(call, role) };
}

/** An empty one takes it away. */
function descriptionIn({ parameters }: Call): Pick<Role, "description"> {
  const description = parameters.get("Description");
  return description === undefined ? {} : { description };
}

function updateRole(role: Role, call: Call): void {
  role.maxSessionDuration = durationIn(call);
  Object.assign(role, descriptionIn(call));
}

function deleteRole(role: Role, call: Call): void {
  refuseInProfile(role, call);
  refuseWithPolicies(role);
  removeIdentity(call, "Role", role);
}

const onRole = onIdentity("Role");
const changingRole = changing("Role");

/** Roles, but for those that AWS's services make for themselves. */
export const roleOperations: Operations = {
  CreateRole: {
    ...creation("Role", createRole),
    lacks: ["MaxSigninSessionDuration"],
  },
  GetRole: onRole((role, call) => ({ Role: describeRole(call, role) })),
  UpdateRole: {
    ...changingRole(updateRole),
    lacks: ["MaxSigninSessionDuration", "ResetMaxSigninSessionDuration"],
  },
  UpdateRoleDescription: changingRole((role, call) => {
    Object.assign(role, descriptionIn(call));
    return { Role: describeRole(call, role) };
  }),
  UpdateAssumeRolePolicy: changingRole((role, call) => {
    role.trustPolicy = trustDocumentIn(call, "PolicyDocument");
  }),
  DeleteRole: changingRole(deleteRole),
  ...identityOperations("Role"),
  ...boundaryOperations("Role"),
  ...tagOperations("Role", onRole),
};
