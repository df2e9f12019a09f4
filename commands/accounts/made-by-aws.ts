import type { LiveRole } from "./live-account";

/** Made by a service for itself. Source: AWS documentation, "Create a service-linked role". */
export const isServiceLinked = ({ path }: Pick<LiveRole, "path">): boolean =>
  path.startsWith("/aws-service-role/");

/**
 * Made by Identity Center for a permission set: whom it is assigned to stands there, and not in IAM.
 * Source: AWS documentation, "Referencing permission sets in resource policies, Amazon EKS Cluster config
 * maps, and AWS KMS key policies".
 */
export const isOfIdentityCenter = ({ path }: Pick<LiveRole, "path">): boolean =>
  path.startsWith("/aws-reserved/sso.amazonaws.com/");

/** The provider by which Identity Center signs people in. */
export const isSignInOfAws = (provider: string): boolean =>
  /:saml-provider\/AWSSSO_[0-9a-f]+_DO_NOT_DELETE$/.test(provider);

/**
 * Roles by which AWS's services let an organisation's management account into its members. A name is
 * no proof: who takes such a role is asked as of any other.
 * Source: AWS documentation, "Accessing member accounts in an organization with AWS Organizations";
 * "How AWS Control Tower works with roles to create and manage accounts"; "Grant self-managed
 * permissions" and the managed policy CloudFormationStackSetsOrgAdminServiceRolePolicy.
 */
const ofOrganisations =
  /^(OrganizationAccountAccessRole|AWSControlTowerExecution|AWSCloudFormationStackSetExecutionRole|stacksets-exec-[0-9a-f]{32})$/;

export const isForManagementAccount = ({
  name,
}: Pick<LiveRole, "name">): boolean => ofOrganisations.test(name);
