import type { ResourceType } from "./resource";
import { accountAlias } from "./resources/account-alias";
import { accountPasswordPolicy } from "./resources/account-password-policy";
import { group } from "./resources/group";
import { groupMembership } from "./resources/group-membership";
import {
  groupPolicyAttachment,
  rolePolicyAttachment,
  userPolicyAttachment,
} from "./resources/holder-policy-attachment";
import { groupPolicy, rolePolicy, userPolicy } from "./resources/inline-policy";
import { policy } from "./resources/policy";
import { role } from "./resources/role";
import { user } from "./resources/user";
import { userLoginProfile } from "./resources/user-login-profile";

/** Every type that the sandbox deploys. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "aws:iam/accountAlias:AccountAlias": accountAlias,
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": accountPasswordPolicy,
  "aws:iam/group:Group": group,
  "aws:iam/groupMembership:GroupMembership": groupMembership,
  "aws:iam/groupPolicy:GroupPolicy": groupPolicy,
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": groupPolicyAttachment,
  "aws:iam/policy:Policy": policy,
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
  "aws:iam/user:User": user,
  "aws:iam/userLoginProfile:UserLoginProfile": userLoginProfile,
  "aws:iam/userPolicy:UserPolicy": userPolicy,
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": userPolicyAttachment,
};
