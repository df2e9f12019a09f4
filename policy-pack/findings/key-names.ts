/**
 * Source: AWS documentation, "AWS global condition context keys" and "IAM and AWS STS condition
 * context keys". Of the rest, the documents' own keys are mostly lower case anyhow.
 */
const names = [
  "aws:CalledVia",
  "aws:CalledViaFirst",
  "aws:CalledViaLast",
  "aws:ChatbotSourceArn",
  "aws:CurrentTime",
  "aws:EpochTime",
  "aws:FederatedProvider",
  "aws:MultiFactorAuthAge",
  "aws:MultiFactorAuthPresent",
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalIsAWSService",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:PrincipalServiceName",
  "aws:PrincipalServiceNamesList",
  "aws:PrincipalType",
  "aws:RequestedRegion",
  "aws:ResourceAccount",
  "aws:ResourceOrgID",
  "aws:ResourceOrgPaths",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceIdentity",
  "aws:SourceIp",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
  "aws:SourceVpc",
  "aws:SourceVpce",
  "aws:TagKeys",
  "aws:TokenIssueTime",
  "aws:UserAgent",
  "aws:ViaAWSService",
  "aws:VpcSourceIp",
  "iam:AssociatedResourceArn",
  "iam:AWSServiceName",
  "iam:PassedToService",
  "iam:PermissionsBoundary",
  "iam:PolicyARN",
  "kms:CallerAccount",
  "kms:GrantIsForAWSResource",
  "kms:ViaService",
  "lambda:FunctionUrlAuthType",
  "saml:aud",
  "sts:AWSServiceName",
  "sts:ExternalId",
  "sts:RoleSessionName",
  "sts:SourceIdentity",
  "sts:TransitiveTagKeys",
] as const;

const byLower = new Map<string, string>(
  names.map((name) => [name.toLowerCase(), name]),
);

/** Followed by the key of a tag, which is whatever somebody called it. */
const ofTags = ["aws:PrincipalTag/", "aws:RequestTag/", "aws:ResourceTag/"];

/** A condition key as AWS writes it: documents may write it in any case. */
export function keyName(lower: string): string {
  const prefix = ofTags.find((one) => lower.startsWith(one.toLowerCase()));
  return prefix === undefined
    ? (byLower.get(lower) ?? lower)
    : prefix + lower.slice(prefix.length);
}
