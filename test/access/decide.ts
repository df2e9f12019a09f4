import { simulate } from "../policy-pack/decide/simulate";
import type { RolePolicies, UserPolicies } from "./organisation";

/** How the caller's session was opened. */
export type Mfa =
  /** Signed with a long-term access key: the MFA keys are missing from the request. */
  | { readonly kind: "no key" }
  /** A session without MFA: present, and false. */
  | { readonly kind: "without" }
  /** Seconds since the code was given. */
  | { readonly kind: "with"; readonly ageSeconds: number };

export interface AssumeRoleRequest {
  readonly mfa: Mfa;
  readonly sessionName?: string;
  readonly secureTransport?: boolean;
}

/** Whether AWS lets the user take the role, decided by a simulator that is not ours. */
export async function assumeRole(
  user: UserPolicies,
  role: RolePolicies,
  request: AssumeRoleRequest,
): Promise<boolean> {
  const roleAccount = accountOf(role.arn);
  return simulate({
    principal: user.arn,
    action: "sts:AssumeRole",
    resource: role.arn,
    account: roleAccount,
    identity: user.documents,
    trust: role.trust,
    context: {
      ...contextOf(user, request),
      "aws:ResourceAccount": roleAccount,
      "sts:RoleSessionName": request.sessionName ?? user.name,
    },
  });
}

/** Whether the user may call an action in the bastion account. */
export async function userMay(
  user: UserPolicies,
  action: string,
  resource: string,
  mfa: Mfa,
): Promise<boolean> {
  return simulate({
    principal: user.arn,
    action,
    resource,
    account: accountOf(user.arn),
    identity: user.documents,
    context: contextOf(user, { mfa }),
  });
}

/** Whether a session of the role may call an action in the role's account. */
export async function roleMay(
  role: RolePolicies,
  action: string,
  resource: string,
): Promise<boolean> {
  const account = accountOf(role.arn);
  return simulate({
    principal: `arn:aws:sts::${account}:assumed-role/${role.name}/someone`,
    action,
    resource,
    account,
    identity: role.documents,
    context: { "aws:SecureTransport": "true" },
  });
}

/** Whether a session of one role may take another, or itself. */
export async function roleTakes(
  from: RolePolicies,
  to: RolePolicies,
  mfa: Mfa,
): Promise<boolean> {
  const account = accountOf(from.arn);
  return simulate({
    principal: `arn:aws:sts::${account}:assumed-role/${from.name}/someone`,
    action: "sts:AssumeRole",
    resource: to.arn,
    account: accountOf(to.arn),
    identity: from.documents,
    trust: to.trust,
    context: {
      ...mfaContext(mfa),
      "aws:PrincipalArn": from.arn,
      "aws:PrincipalType": "AssumedRole",
      "aws:PrincipalAccount": account,
      "aws:ResourceAccount": accountOf(to.arn),
      "aws:SecureTransport": "true",
      "sts:RoleSessionName": "someone",
    },
  });
}

function contextOf(
  user: UserPolicies,
  request: AssumeRoleRequest,
): Record<string, string> {
  return {
    ...mfaContext(request.mfa),
    "aws:PrincipalArn": user.arn,
    "aws:PrincipalType": "User",
    "aws:PrincipalAccount": accountOf(user.arn),
    "aws:username": user.name,
    ...Object.fromEntries(
      Object.entries(user.tags ?? {}).map(([key, value]) => [
        `aws:PrincipalTag/${key}`,
        value,
      ]),
    ),
    "aws:SecureTransport": String(request.secureTransport ?? true),
  };
}

function mfaContext(mfa: Mfa): Record<string, string> {
  switch (mfa.kind) {
    case "no key":
      return {};
    case "without":
      return { "aws:MultiFactorAuthPresent": "false" };
    case "with":
      return {
        "aws:MultiFactorAuthPresent": "true",
        "aws:MultiFactorAuthAge": String(mfa.ageSeconds),
      };
  }
}

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";
