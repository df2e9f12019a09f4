import { oncePerText } from "../decide/once-per";
import { containers } from "../resources/contained";
import { otherValues } from "../resources/contained/template";
import { holderForms, membershipForms, policyGrantForms } from "./forms";
import { peopleTypes } from "./people-types";
import { permissionTypes } from "./permission-resources";
import { sharingForms } from "./sharing-forms";

/** What the rules make of a type of AWS's that may have to do with access. */
export type TypeReading =
  /** They judge it. */
  | { readonly kind: "read" }
  /** By itself it gives nobody access. */
  | { readonly kind: "no access" }
  /** It may, and they can't read it: a finding; `given`: only where this property is. */
  | {
      readonly kind: "undecided";
      readonly why: string;
      readonly remedy: string;
      readonly given?: string;
    }
  /** It may, and they don't look: the README says so. */
  | { readonly kind: "not seen"; readonly what: string };

const read: TypeReading = { kind: "read" };
const noAccess: TypeReading = { kind: "no access" };
const undecided = (why: string, remedy: string) =>
  ({ kind: "undecided", why, remedy }) as const;
const notSeen = (what: string): TypeReading => ({ kind: "not seen", what });

const elsewhere = undecided(
  "what it makes stands in a template that lies elsewhere",
  "give the template to a stack, as templateBody",
);
const overrides: TypeReading = {
  ...undecided(
    "parameterOverrides give the stack set's template other values than those that it is judged by",
    otherValues,
  ),
  given: "parameterOverrides",
};
const ofEntitlement = undecided(
  "it gives somebody of Identity Center a role, which no rule reads",
  "take an assignment of a permission set",
);
const ofCatalog = notSeen(
  "what a product of Service Catalog makes for whoever launches it",
);
const ofCluster = notSeen("what whoever is in an EKS cluster may do there");
const ofUserPool = notSeen("who may sign in to an identity pool of Cognito");
const ofMachine = notSeen(
  "which machines hold a certificate of AWS IoT, or an activation of Systems Manager, and so a role",
);
const ofNewAccount = notSeen(
  "the administrator role that AWS makes in a new account of the organisation",
);

/** Beside those that forms tell how to read. */
const others: readonly (readonly [TypeReading, string, readonly string[]])[] = [
  [
    read,
    "aws:",
    [
      "iam/accountPasswordPolicy:AccountPasswordPolicy",
      "organizations/resourcePolicy:ResourcePolicy",
      "rolesanywhere/trustAnchor:TrustAnchor",
      "cloudformation/cloudFormationType:CloudFormationType",
      "cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
      "eks/identityProviderConfig:IdentityProviderConfig",
      "iam/openIdConnectProvider:OpenIdConnectProvider",
      "iam/samlProvider:SamlProvider",
      "ssoadmin/trustedTokenIssuer:TrustedTokenIssuer",
    ],
  ],
  [
    read,
    "aws-native:",
    ["eks:IdentityProviderConfig", "iam:OidcProvider", "iam:SamlProvider"],
  ],
  [
    noAccess,
    "aws:",
    [
      "accountaccess/application:Application",
      "iam/accountAlias:AccountAlias",
      // The trust of the role says who takes it.
      "iam/instanceProfile:InstanceProfile",
      "iam/organizationsFeatures:OrganizationsFeatures",
      "iam/outboundWebIdentityFederation:OutboundWebIdentityFederation",
      "iam/securityTokenServicePreferences:SecurityTokenServicePreferences",
      "iam/serverCertificate:ServerCertificate",
      "iam/serviceLinkedRole:ServiceLinkedRole",
      "rolesanywhere/profile:Profile",
      // Of applications, none of which is an account.
      "ssoadmin/application:Application",
      "ssoadmin/applicationAccessScope:ApplicationAccessScope",
      "ssoadmin/applicationAssignment:ApplicationAssignment",
      "ssoadmin/applicationAssignmentConfiguration:ApplicationAssignmentConfiguration",
      "ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes",
      "ssoadmin/region:Region",
      // They only take away.
      "organizations/policy:Policy",
      "organizations/policyAttachment:PolicyAttachment",
      "organizations/awsServiceAccess:AwsServiceAccess",
      "organizations/organization:Organization",
      "organizations/organizationalUnit:OrganizationalUnit",
      "organizations/tag:Tag",
      "ram/permission:Permission",
      "ram/resourceAssociation:ResourceAssociation",
      "ram/resourceShare:ResourceShare",
      "ram/resourceShareAccepter:ResourceShareAccepter",
      "ram/sharingWithOrganization:SharingWithOrganization",
      "cognito/identityPool:IdentityPool",
    ],
  ],
  [
    noAccess,
    "aws-native:",
    [
      "iam:InstanceProfile",
      "iam:ServerCertificate",
      "iam:ServiceLinkedRole",
      "rolesanywhere:Crl",
      "rolesanywhere:Profile",
      "sso:Application",
      "sso:ApplicationAssignment",
      "sso:Instance",
      "sso:InstanceAccessControlAttributeConfiguration",
      "organizations:Organization",
      "organizations:OrganizationalUnit",
      "organizations:Policy",
      "ram:Permission",
      "cloudformation:GeneratedTemplate",
      "cloudformation:HookDefaultVersion",
      "cloudformation:HookTypeConfig",
      "cloudformation:ModuleDefaultVersion",
      "cloudformation:PublicTypeVersion",
      "cloudformation:Publisher",
      "cloudformation:ResourceDefaultVersion",
      "cloudformation:WaitCondition",
      "cloudformation:WaitConditionHandle",
      "cognito:IdentityPool",
    ],
  ],
  [
    read,
    "aws-native:",
    [
      "events:EventBusPolicy",
      "organizations:ResourcePolicy",
      "rolesanywhere:TrustAnchor",
      "cognito:IdentityPoolRoleAttachment",
      "cloudformation:CustomResource",
      "cloudformation:CustomResourceEmulator",
      "cloudformation:GuardHook",
      "cloudformation:HookVersion",
      "cloudformation:LambdaHook",
      "cloudformation:Macro",
      "cloudformation:ModuleVersion",
      "cloudformation:ResourceVersion",
      "cloudformation:TypeActivation",
    ],
  ],
  [
    elsewhere,
    "",
    [
      "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
      "aws-native:servicecatalog:CloudFormationProvisionedProduct",
      "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
      "aws-native:serverless:Application",
    ],
  ],
  [
    overrides,
    "aws:",
    [
      "cloudformation/stackInstances:StackInstances",
      "cloudformation/stackSetInstance:StackSetInstance",
    ],
  ],
  [
    ofCatalog,
    "",
    [
      "aws:servicecatalog/product:Product",
      "aws:servicecatalog/provisioningArtifact:ProvisioningArtifact",
      "aws:servicecatalog/principalPortfolioAssociation:PrincipalPortfolioAssociation",
      "aws-native:servicecatalog:CloudFormationProduct",
      "aws-native:servicecatalog:PortfolioPrincipalAssociation",
    ],
  ],
  [
    ofCluster,
    "",
    [
      "aws:eks/addon:Addon",
      "aws:eks/capability:Capability",
      "aws:eks/cluster:Cluster",
      "aws:eks/fargateProfile:FargateProfile",
      "aws:eks/nodeGroup:NodeGroup",
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
      "aws-native:eks:Addon",
      "aws-native:eks:Capability",
      "aws-native:eks:Cluster",
      "aws-native:eks:FargateProfile",
      "aws-native:eks:Nodegroup",
      "aws-native:eks:PodIdentityAssociation",
    ],
  ],
  [
    // Chains of roles begin there.
    read,
    "",
    [
      "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
      "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
      "aws-native:chatbot:MicrosoftTeamsChannelConfiguration",
      "aws-native:chatbot:SlackChannelConfiguration",
    ],
  ],
  [
    ofMachine,
    "",
    [
      "aws:iot/roleAlias:RoleAlias",
      "aws:ssm/activation:Activation",
      "aws-native:iot:RoleAlias",
    ],
  ],
  [ofEntitlement, "aws:", ["accountaccess/entitlement:Entitlement"]],
  [
    ofUserPool,
    "",
    ["aws:cognito/userGroup:UserGroup", "aws-native:cognito:UserPoolGroup"],
  ],
  [
    ofNewAccount,
    "",
    ["aws:organizations/account:Account", "aws-native:organizations:Account"],
  ],
];

const readings: ReadonlyMap<string, TypeReading> = new Map([
  ...others.flatMap(([reading, provider, types]) =>
    types.map((type) => [provider + type, reading] as const),
  ),
  ...[
    ...holderForms.keys(),
    ...policyGrantForms.keys(),
    ...membershipForms.keys(),
    ...peopleTypes.keys(),
    ...permissionTypes,
    ...sharingForms.keys(),
    ...containers.keys(),
  ].map((type) => [type, read] as const),
]);

/** AWS's services that say who may do what: a type of theirs that nobody here knows is a question. */
const ofAccess =
  /^aws(-native)?:(iam|sso|ssoadmin|identitystore|rolesanywhere|cloudformation|cloudcontrol|organizations|ram|sts|index|accountaccess)[/:]/;

export const unheardOf = undecided(
  "its type is one of AWS's services for access, and none that this pack knows",
  "take a type that the rules read",
);

/**
 * Terraform's provider for Cloud Control, and what a module of Terraform's makes of AWS's. Its provider
 * for AWS, taken as it is, has the types `aws:index/…`. Source: Pulumi documentation, "Any Terraform
 * Provider" and "Use Terraform modules in Pulumi".
 */
const ofTerraform = /^awscc:|:tf:aws(cc)?_/;

const unreadPackage = undecided(
  "the rules read what the packages aws and aws-native make, and no others",
  "take the same resource of one of these",
);

/** @returns undefined for the many types that have nothing to do with access, but for their policies */
export const readingOf = oncePerText(
  (type): TypeReading | undefined =>
    readings.get(type) ??
    (ofAccess.test(type)
      ? unheardOf
      : ofTerraform.test(type)
        ? unreadPackage
        : undefined),
);
