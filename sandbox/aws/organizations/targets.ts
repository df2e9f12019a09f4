import { AwsError } from "../errors";
import type { Cloud, ControlPolicy } from "../model";
import type { Call } from "../operation";
import type { Parameters } from "../parameters";
import { policyArn, typeOfTarget, type TargetType } from "./organization";

/** @throws AwsError AccessDenied for a call from a member account. */
export function onlyManagement({ account, cloud }: Call): void {
  if (account.id === cloud.managementAccountId) return;
  throw new AwsError(
    "AccessDenied",
    "You don't have permissions to access this resource.",
  );
}

const kinds = {
  ROOT: "root",
  ORGANIZATIONAL_UNIT: "ou",
  ACCOUNT: "account",
} as const;

export const targetArn = (
  { managementAccountId, organization, partition }: Cloud,
  type: TargetType,
  id: string,
): string =>
  `arn:${partition}:organizations::${managementAccountId}:${kinds[type]}/${organization.id}/${id}`;

/** The root, unit or account that a request names, with its ARN. */
export function targetIn(
  { parameters, cloud }: Call,
  member = "TargetId",
  missing = "TargetNotFound",
): { readonly id: string; readonly type: TargetType; readonly arn: string } {
  const id = parameters.required(member);
  const type = typeOfTarget(cloud, id);
  if (type) return { id, type, arn: targetArn(cloud, type, id) };
  throw new AwsError(
    missing,
    `You specified a ${member} that doesn't exist: ${id}.`,
  );
}

export const policyIn = ({ parameters, cloud }: Call): ControlPolicy => {
  const id = parameters.required("PolicyId");
  const policy = cloud.organization.policies.get(id);
  if (policy) return policy;
  throw new AwsError(
    "PolicyNotFound",
    `We can't find a policy with the PolicyId that you specified: ${id}.`,
  );
};

/** A policy of AWS's own is decided on as one of the organisation's: actions know no other. */
export const policyResource = ({ parameters, cloud }: Call): string =>
  policyArn(cloud, { id: parameters.required("PolicyId"), isAws: false });

export const controlType = "SERVICE_CONTROL_POLICY";

/** @throws AwsError for a kind of policy that the sandbox does not have. */
export function checkType(
  parameters: Parameters,
  member: "Type" | "Filter",
): void {
  const type = parameters.required(member);
  if (type === controlType) return;
  throw new AwsError(
    "PolicyTypeNotAvailableForOrganization",
    `${member}: the sandbox has policies of the type ${controlType} alone, and not ${type}`,
  );
}
