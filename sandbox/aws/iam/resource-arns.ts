import { malformedPolicy } from "../errors";

const partitions = /^(aws|aws-cn|aws-us-gov|aws-eusc|aws-iso(-[a-z])?)$/;

/** Types of IAM's resources. Source: IAM's own words where it refuses another, and AWS's policies. */
const iamTypes =
  /^(user|federated-user|role|group|instance-profile|mfa|server-certificate|policy|sms-mfa|saml-provider|oidc-provider|report|access-report|role-template|delegation-request)\//;

const isPattern = (text: string): boolean => /[*?]|\$\{/.test(text);

/**
 * A resource of an identity's policy, as far as IAM looks at ARNs when it is saved. Source: AWS's
 * answers to such documents, which moto's tests keep (tests/test_iam/test_iam_policies.py).
 *
 * @throws AwsError MalformedPolicyDocument.
 */
export function checkResource(resource: string): void {
  const fault = resource === "*" ? undefined : faultOf(resource);
  if (fault !== undefined) throw malformedPolicy(fault);
}

function faultOf(resource: string): string | undefined {
  const parts = resource.split(":");
  const [arn, partition = "", vendor, region = "", account = ""] = parts;
  if (arn !== "arn" || parts.length < 2)
    return `Resource ${resource} must be in ARN format or "*".`;
  if (!partitions.test(partition) && !isPattern(partition))
    return `Partition "${partition}" is not valid for resource "${resource}".`;
  if (vendor === undefined)
    return "Resource vendor must be fully qualified and cannot contain regexes.";
  const isOpen = resource.endsWith("*");
  if (vendor === "" || (vendor === "s3" && parts.length < 6 && !isOpen))
    return "The policy failed legacy parsing";
  if (vendor === "s3" && region !== "" && account === "" && parts.length > 5)
    return `Resource ${resource} can not contain region information.`;
  return vendor === "iam" ? faultOfIam(resource, region, parts) : undefined;
}

function faultOfIam(
  resource: string,
  region: string,
  parts: readonly string[],
): string | undefined {
  if (region !== "" && !isPattern(region))
    return `IAM resource ${resource} cannot contain region information.`;
  const path = parts.slice(5).join(":");
  const [type = ""] = path.split("/");
  // The root user is the resource of sts:AssumeRoot.
  if (isPattern(type) || iamTypes.test(path) || path === "root")
    return undefined;
  return parts.length < 6
    ? undefined
    : `IAM resource path must either be "*" or start with a type of IAM's resources, as user/ or role/: ${resource}`;
}
