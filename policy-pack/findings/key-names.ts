import networkKeys from "../data/network-keys.json";

/**
 * Source: AWS documentation, "AWS global condition context keys" and "IAM and AWS STS condition
 * context keys". Of the rest, a document's own way of writing it will do.
 */
const names = [
  "aws:AssumedRoot",
  "aws:CalledVia",
  "aws:CalledViaFirst",
  "aws:CalledViaLast",
  "aws:ChatbotSourceArn",
  "aws:CurrentTime",
  "aws:Ec2InstanceSourcePrivateIPv4",
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
  "aws:SignInSessionArn",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceIdentity",
  "aws:SourceIp",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
  "aws:SourceOwner",
  "aws:TagKeys",
  "aws:TokenIssueTime",
  "aws:UserAgent",
  "aws:ViaAWSService",
  "aws:VpcSourceIp",
  "ec2:RoleDelivery",
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
  ...Object.values(networkKeys.keys).flat(),
];

const byLower = new Map<string, string>(
  names.map((name) => [name.toLowerCase(), name]),
);

/** Followed by the key of a tag, which is whatever somebody called it. */
const ofTags = ["aws:PrincipalTag/", "aws:RequestTag/", "aws:ResourceTag/"];

/**
 * A condition key as AWS writes it: documents may write it in any case.
 *
 * @param written how the document does: for keys that are not known here
 */
export function keyName(lower: string, written = lower): string {
  const prefix = ofTags.find((one) => lower.startsWith(one.toLowerCase()));
  return prefix === undefined
    ? (byLower.get(lower) ?? written)
    : prefix + written.slice(prefix.length);
}

/** The text, with each of AWS's keys in it in AWS's own case. */
export const withKeyNames = (text: string): string =>
  text.replace(/(?<![\w:])[a-z\d-]+:[a-z\d/]+(?![\w:])/g, (key) =>
    keyName(key),
  );
