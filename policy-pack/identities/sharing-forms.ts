/** How a resource names, without a policy, whom it lets in. */
export interface SharingForm {
  /**
   * Each property that may name accounts or principals: one, a list, or texts with commas. The names on
   * the way have points between; where a list lies on it, each of its entries counts.
   */
  readonly principals: readonly string[];
  /** What they may do then. */
  readonly action: string;
  /** Of a service: the account for whose resources it comes. */
  readonly source?: string;
}

const to = (action: string, ...principals: string[]): SharingForm => ({
  action,
  principals,
});

const ofSigner = to("signer:*", "principal");
const ofAuthority = {
  ...to("acm-pca:*", "principal"),
  source: "sourceAccount",
};
const ofImage = to(
  "ec2:RunInstances",
  ...["accountId", "group", "organizationArn", "organizationalUnitArn"],
);
const ofDatabaseSnapshot = to(
  "rds:RestoreDBInstanceFromDBSnapshot",
  "sharedAccounts",
);
const ofEndpointService = to("ec2:CreateVpcEndpoint", "allowedPrincipals");
const ofShare = to("ram:AcceptResourceShareInvitation", "principals");
const ofCluster = to("eks:AccessKubernetesApi", "principalArn");
const ofAccelerator = to("globalaccelerator:CreateAccelerator", "principals");
const ofWarehouse = to("redshift:CreateEndpointAccess", "account");
const ofPortfolio = "servicecatalog:ProvisionProduct";
const ofLicense = "license-manager:AcceptGrant";
const ofLake = "lakeformation:GetDataAccess";
const ofLog = to("s3:GetObject", "subscriberIdentity.principal");
const ofCollaboration = to("cleanrooms:*", "members.accountId");
const ofMonitoring = to("oam:*", "sinkIdentifier");
const ofDomain = to(
  "es:*",
  "advancedSecurityOptions.masterUserOptions.masterUserArn",
);
const ofReport = to("quicksight:*", "permissions.principal");
/** Of QuickSight; the second ones in `aws-native` alone. */
const reports = ["Analysis", "Dashboard", "DataSet", "DataSource"].concat(
  ...["Folder", "Template", "Theme"],
);
const nativeReports = ["ActionConnector", "Flow", "KnowledgeBase"].concat(
  ...["Space", "TopicV2"],
);
const camel = (name: string): string =>
  name.charAt(0).toLowerCase() + name.slice(1);
const inLaunchPermission = (permission: string): readonly string[] => [
  "distributions.amiDistributionConfiguration.targetAccountIds",
  ...[
    "userIds",
    "userGroups",
    "organizationArns",
    "organizationalUnitArns",
  ].map(
    (one) => `distributions.amiDistributionConfiguration.${permission}.${one}`,
  ),
];

/**
 * AWS adds each to a policy of its own, or to a list of those that it lets in. Source: the API
 * reference of the service, under the action that takes the property (such as "AddProfilePermission",
 * "ModifyVpcEndpointServicePermissions", "ModifyImageAttribute", "AssociateResourceShare"). The
 * administrators of an organisation's services, and those whose invitation is accepted, manage the
 * service in the account: see "EnableOrganizationAdminAccount", "AcceptAdministratorInvitation".
 */
export const sharingForms: ReadonlyMap<string, SharingForm> = new Map([
  ...reports.map(
    (name) => [`aws:quicksight/${camel(name)}:${name}`, ofReport] as const,
  ),
  ...[...reports, ...nativeReports].map(
    (name) => [`aws-native:quicksight:${name}`, ofReport] as const,
  ),
  ...Object.entries({
    "aws:signer/signingProfilePermission:SigningProfilePermission": ofSigner,
    "aws-native:signer:ProfilePermission": ofSigner,
    "aws:acmpca/permission:Permission": ofAuthority,
    "aws-native:acmpca:Permission": ofAuthority,
    "aws-native:mediaconnect:FlowEntitlement": to(
      "mediaconnect:CreateFlow",
      "subscribers",
    ),
    "aws:kms/grant:Grant": to("kms:*", "granteePrincipal"),
    "aws:ec2/amiLaunchPermission:AmiLaunchPermission": ofImage,
    "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission": to(
      "ec2:CreateVolume",
      "accountId",
    ),
    "aws:ec2/networkInterfacePermission:NetworkInterfacePermission": to(
      "ec2:AttachNetworkInterface",
      "awsAccountId",
    ),
    "aws:rds/snapshot:Snapshot": ofDatabaseSnapshot,
    "aws:rds/snapshotCopy:SnapshotCopy": ofDatabaseSnapshot,
    "aws:rds/clusterSnapshot:ClusterSnapshot": ofDatabaseSnapshot,
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": ofDatabaseSnapshot,
    "aws:ec2/vpcEndpointService:VpcEndpointService": ofEndpointService,
    "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple":
      to("ec2:CreateVpcEndpoint", "principalArn"),
    "aws-native:ec2:VpcEndpointServicePermissions": ofEndpointService,
    "aws:ram/principalAssociation:PrincipalAssociation": to(
      "ram:AcceptResourceShareInvitation",
      "principal",
    ),
    "aws:ram/resourceShareAssociationsExclusive:ResourceShareAssociationsExclusive":
      ofShare,
    "aws-native:ram:ResourceShare": ofShare,
    "aws:eks/accessEntry:AccessEntry": ofCluster,
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ofCluster,
    "aws-native:eks:AccessEntry": ofCluster,
    "aws:globalaccelerator/crossAccountAttachment:CrossAccountAttachment":
      ofAccelerator,
    "aws-native:globalaccelerator:CrossAccountAttachment": ofAccelerator,
    "aws:redshift/endpointAuthorization:EndpointAuthorization": ofWarehouse,
    "aws-native:redshift:EndpointAuthorization": ofWarehouse,
    "aws:redshift/dataShareAuthorization:DataShareAuthorization": to(
      "redshift:AssociateDataShareConsumer",
      "consumerIdentifier",
    ),
    "aws:opensearch/domain:Domain": ofDomain,
    "aws:elasticsearch/domain:Domain": ofDomain,
    "aws-native:opensearchservice:Domain": ofDomain,
    "aws-native:elasticsearch:Domain": ofDomain,
    "aws:quicksight/user:User": to("quicksight:*", "iamArn"),
    "aws:opensearch/authorizeVpcEndpointAccess:AuthorizeVpcEndpointAccess": to(
      "es:CreateVpcEndpoint",
      "account",
    ),
    "aws:cfg/aggregateAuthorization:AggregateAuthorization": to(
      "config:PutConfigurationAggregator",
      "accountId",
    ),
    "aws-native:configuration:AggregationAuthorization": to(
      "config:PutConfigurationAggregator",
      "authorizedAccountId",
    ),
    "aws:servicecatalog/portfolioShare:PortfolioShare": to(
      ofPortfolio,
      "principalId",
    ),
    "aws-native:servicecatalog:PortfolioShare": to(ofPortfolio, "accountId"),
    "aws:licensemanager/licenseGrant:LicenseGrant": to(ofLicense, "principal"),
    "aws-native:licensemanager:Grant": to(ofLicense, "principals"),
    "aws:lakeformation/permissions:Permissions": to(ofLake, "principal"),
    "aws-native:lakeformation:PrincipalPermissions": to(
      ofLake,
      "principal.dataLakePrincipalIdentifier",
    ),
    "aws:organizations/delegatedAdministrator:DelegatedAdministrator": to(
      "organizations:*",
      "accountId",
    ),
    "aws:auditmanager/organizationAdminAccountRegistration:OrganizationAdminAccountRegistration":
      to("auditmanager:*", "adminAccountId"),
    "aws:auditmanager/accountRegistration:AccountRegistration": to(
      "auditmanager:*",
      "delegatedAdminAccount",
    ),
    "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount":
      to("cloudtrail:*", "accountId"),
    "aws:detective/organizationAdminAccount:OrganizationAdminAccount": to(
      "detective:*",
      "accountId",
    ),
    "aws-native:detective:OrganizationAdmin": to("detective:*", "accountId"),
    "aws:ec2/vpcIpamOrganizationAdminAccount:VpcIpamOrganizationAdminAccount":
      to("ec2:*", "delegatedAdminAccountId"),
    "aws:fms/adminAccount:AdminAccount": to("fms:*", "accountId"),
    "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount": to(
      "guardduty:*",
      "adminAccountId",
    ),
    "aws:inspector2/delegatedAdminAccount:DelegatedAdminAccount": to(
      "inspector2:*",
      "accountId",
    ),
    "aws:macie2/organizationAdminAccount:OrganizationAdminAccount": to(
      "macie2:*",
      "adminAccountId",
    ),
    "aws:securityhub/organizationAdminAccount:OrganizationAdminAccount": to(
      "securityhub:*",
      "adminAccountId",
    ),
    "aws-native:securityhub:DelegatedAdmin": to(
      "securityhub:*",
      "adminAccountId",
    ),
    "aws:detective/invitationAccepter:InvitationAccepter": to(
      "detective:*",
      "graphArn",
    ),
    "aws:guardduty/inviteAccepter:InviteAccepter": to(
      "guardduty:*",
      "masterAccountId",
    ),
    "aws-native:guardduty:Master": to("guardduty:*", "masterId"),
    "aws:macie2/invitationAccepter:InvitationAccepter": to(
      "macie2:*",
      "administratorAccountId",
    ),
    "aws:securityhub/inviteAccepter:InviteAccepter": to(
      "securityhub:*",
      "masterId",
    ),
    "aws-native:proton:EnvironmentAccountConnection": to(
      "proton:*",
      "managementAccountId",
    ),
    "aws:oam/link:Link": ofMonitoring,
    "aws-native:oam:Link": ofMonitoring,
    "aws:securitylake/subscriber:Subscriber": ofLog,
    "aws-native:securitylake:Subscriber": ofLog,
    "aws:securitylake/customLogSource:CustomLogSource": to(
      "s3:PutObject",
      "configuration.providerIdentity.principal",
    ),
    "aws:directoryservice/sharedDirectory:SharedDirectory": to(
      "ds:*",
      "target.id",
    ),
    "aws:cleanrooms/collaboration:Collaboration": ofCollaboration,
    "aws-native:cleanrooms:Collaboration": ofCollaboration,
    "aws-native:connect:DataLakeAssociation": to(
      "connect:*",
      "targetAccountId",
    ),
    "aws:lakeformation/dataLakeSettings:DataLakeSettings": to(
      ofLake,
      "admins",
      "readOnlyAdmins",
      "trustedResourceOwners",
      "externalDataFilteringAllowLists",
      "createDatabaseDefaultPermissions.principal",
      "createTableDefaultPermissions.principal",
    ),
    "aws-native:lakeformation:DataLakeSettings": to(
      ofLake,
      "admins.dataLakePrincipalIdentifier",
      "trustedResourceOwners",
      "externalDataFilteringAllowList.dataLakePrincipalIdentifier",
      "createDatabaseDefaultPermissions.principal.dataLakePrincipalIdentifier",
      "createTableDefaultPermissions.principal.dataLakePrincipalIdentifier",
    ),
    "aws-native:lakeformation:Permissions": to(
      ofLake,
      "dataLakePrincipal.dataLakePrincipalIdentifier",
    ),
    "aws:glue/catalog:Catalog": to(
      ofLake,
      "createDatabaseDefaultPermissions.principal.dataLakePrincipalIdentifier",
      "createTableDefaultPermissions.principal.dataLakePrincipalIdentifier",
    ),
    "aws:glue/catalogDatabase:CatalogDatabase": to(
      ofLake,
      "createTableDefaultPermissions.principal.dataLakePrincipalIdentifier",
    ),
    "aws:dlm/lifecyclePolicy:LifecyclePolicy": to(
      "ec2:CreateVolume",
      "policyDetails.schedules.shareRule.targetAccounts",
    ),
    "aws-native:dlm:LifecyclePolicy": to(
      "ec2:CreateVolume",
      "policyDetails.schedules.shareRules.targetAccounts",
    ),
    "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": to(
      "ec2:RunInstances",
      ...inLaunchPermission("launchPermission"),
    ),
    "aws-native:imagebuilder:DistributionConfiguration": to(
      "ec2:RunInstances",
      ...inLaunchPermission("launchPermissionConfiguration"),
    ),
    "aws:auditmanager/frameworkShare:FrameworkShare": to(
      "auditmanager:UpdateAssessmentFrameworkShare",
      "destinationAccount",
    ),
    "aws:cloud9/environmentEC2:EnvironmentEC2": to("cloud9:*", "ownerArn"),
    "aws:cloud9/environmentMembership:EnvironmentMembership": to(
      "cloud9:*",
      "userArn",
    ),
    "aws:ssm/document:Document": to(
      "ssm:GetDocument",
      "permissions.account_ids",
      "permissions.accountIds",
    ),
    "aws-native:lightsail:Bucket": to(
      "lightsail:*",
      "readOnlyAccessAccounts",
      "accessRules.getObject",
    ),
    "aws-native:qbusiness:Permission": to("qbusiness:*", "principal"),
    "aws-native:qbusiness:DataAccessor": to("qbusiness:*", "principal"),
    "aws:s3control/accessGrant:AccessGrant": to(
      "s3:GetDataAccess",
      "grantee.granteeIdentifier",
    ),
    "aws-native:s3:AccessGrant": to(
      "s3:GetDataAccess",
      "grantee.granteeIdentifier",
    ),
  }),
]);
