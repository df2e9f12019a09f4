import type { Role, User } from "../model";
import type { Call, ContextKeys } from "../operation";
import type { IdentityKind } from "./entities";

/**
 * What IAM tells a policy about an identity that is there beside its tags: its boundary. Source: AWS
 * documentation, "Actions, resources, and condition keys for AWS Identity and Access Management".
 */
export function identityKeys(call: Call, kind: IdentityKind): ContextKeys {
  const identity = boundIdentity(call, kind);
  if (identity === undefined) return {};
  return boundaryKey(identity.permissionsBoundary);
}

/** The user or role that a request acts on; groups have neither tags nor boundary. */
function boundIdentity(
  { account, caller, parameters }: Call,
  kind: IdentityKind,
): User | Role | undefined {
  const name = parameters.get(`${kind}Name`);
  if (kind === "Role") return account.roles.get(name ?? "");
  if (kind === "Group") return undefined;
  return !name && caller.kind === "user"
    ? caller.user
    : account.users.get(name ?? "");
}

/** The boundary that a request sets. */
export const requestedBoundary = ({ parameters }: Call): ContextKeys =>
  boundaryKey(parameters.get("PermissionsBoundary"));

const boundaryKey = (arn: string | undefined): ContextKeys =>
  arn === undefined ? {} : { "iam:PermissionsBoundary": arn };
