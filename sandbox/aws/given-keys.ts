/**
 * The condition keys that a request has here as it has them at AWS, by the service that asks; of those
 * that AWS knows for an action, every other is one that the sandbox lacks (`asked-keys.ts`). Under
 * `absent` are those that tell of what nothing here has: at AWS, too, a request would not bring them.
 */
interface Keys {
  readonly given: readonly string[];
  readonly absent?: readonly string[];
}

/** Those of every action. */
const everywhere: Keys = {
  given: [
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
    "aws:PrincipalTag",
    "aws:PrincipalType",
    "aws:referer",
    "aws:RequestedRegion",
    "aws:RequestTag",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:ResourceTag",
    "aws:SecureTransport",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:TagKeys",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:userid",
    "aws:username",
    "aws:ViaAWSService",
  ],
  // Nobody comes through a network of a VPC's, from a service, or from what a service runs.
  absent: [
    "aws:AssumedRoot",
    "aws:CalledVia",
    "aws:CalledViaAWSMCP",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:ChatbotSourceArn",
    "aws:Ec2InstanceSourcePrivateIPv4",
    "aws:Ec2InstanceSourceVpc",
    "aws:IsMcpServiceAction",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:ViaAWSMCPService",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:VpcSourceIp",
    "ec2:RoleDelivery",
    "ec2:SourceInstanceArn",
    "glue:CredentialIssuingService",
    "glue:RoleAssumedBy",
    "identitystore:UserId",
    "lambda:SourceFunctionArn",
    "ssm:SourceInstanceArn",
  ],
};

const byService: Readonly<Record<string, Keys>> = {
  // A request that brings one of these parameters is refused, since the sandbox lacks them.
  dynamodb: {
    given: [],
    absent: [
      "dynamodb:Attributes",
      "dynamodb:ReturnConsumedCapacity",
      "dynamodb:ReturnValues",
      "dynamodb:Select",
    ],
  },
  // No rule is a service's own.
  events: {
    given: [
      "events:creatorAccount",
      "events:detail-type",
      "events:detail.eventTypeCode",
      "events:detail.service",
      "events:detail.userIdentity.principalId",
      "events:source",
      "events:TargetArn",
    ],
    absent: ["events:ManagedBy"],
  },
  ec2: { given: ["ec2:Region"] },
  iam: {
    given: [
      "iam:AssociatedResourceArn",
      "iam:AWSServiceName",
      "iam:PassedToService",
      "iam:PermissionsBoundary",
      "iam:PolicyARN",
      "iam:ResourceTag",
      "iam:ServiceSpecificCredentialAgeDays",
      "iam:ServiceSpecificCredentialServiceName",
    ],
    // MFA is of virtual devices, and no role comes from a template.
    absent: [
      "iam:FIDO-certification",
      "iam:FIDO-FIPS-140-2-certification",
      "iam:FIDO-FIPS-140-3-certification",
      "iam:RegisterSecurityKey",
      "iam:RoleTemplateARN",
    ],
  },
  // Every key is in one region, and no service asks for somebody.
  kms: {
    given: [
      "kms:BypassPolicyLockoutSafetyCheck",
      "kms:CallerAccount",
      "kms:KeyOrigin",
      "kms:KeySpec",
      "kms:KeyUsage",
      "kms:MultiRegion",
      "kms:RequestAlias",
      "kms:ResourceAliases",
      "kms:RotationPeriodInDays",
      "kms:ScheduleKeyDeletionPendingWindowInDays",
    ],
    absent: ["kms:MultiRegionKeyType", "kms:ViaService"],
  },
  organizations: { given: ["organizations:PolicyType"] },
  // Nothing has an access point or a grant, and neither bucket nor object has tags.
  s3: {
    given: [
      "s3:authType",
      "s3:delimiter",
      "s3:max-keys",
      "s3:prefix",
      "s3:ResourceAccount",
      "s3:signatureversion",
      "s3:x-amz-content-sha256",
    ],
    absent: [
      "s3:AccessGrantsInstanceArn",
      "s3:AccessPointNetworkOrigin",
      "s3:AccessPointTag",
      "s3:BucketTag",
      "s3:DataAccessPointAccount",
      "s3:DataAccessPointArn",
      "s3:ExistingObjectTag",
    ],
  },
  sns: { given: ["sns:Endpoint", "sns:Protocol"] },
  // Tokens and SAML are not what signs a request.
  sts: {
    given: [
      "iam:ResourceTag",
      "sts:ExternalId",
      "sts:RoleSessionName",
      "sts:SourceIdentity",
      "sts:TransitiveTagKeys",
    ],
    absent: [
      "accounts.google.com:aud",
      "accounts.google.com:sub",
      "cognito-identity.amazonaws.com:amr",
      "cognito-identity.amazonaws.com:aud",
      "cognito-identity.amazonaws.com:sub",
      "graph.facebook.com:app_id",
      "graph.facebook.com:id",
      "saml:aud",
      "saml:namequalifier",
      "saml:sub",
      "saml:sub_type",
      "www.amazon.com:app_id",
      "www.amazon.com:user_id",
    ],
  },
};

const all = ({ given, absent = [] }: Keys): readonly string[] => [
  ...given,
  ...absent,
];

/** A key as it is compared: in small letters, without the name of a tag. */
export const plainKey = (key: string): string =>
  key.toLowerCase().replace(/\/.*/, "");

/** Whether requests to the service have the key where they have it at AWS. */
export const isGiven = (service: string, key: string): boolean =>
  [...all(everywhere), ...all(byService[service] ?? { given: [] })].some(
    (one) => plainKey(one) === plainKey(key),
  );
