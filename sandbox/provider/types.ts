import { identityKinds, kindInCalls, type IdentityKind } from "./identities";
import type { ResourceType } from "./resource";
import { accessKey } from "./resources/access-key";
import { accountAlias } from "./resources/account-alias";
import { accountPasswordPolicy } from "./resources/account-password-policy";
import { eventRule, eventTarget } from "./resources/events";
import { group } from "./resources/group";
import {
  inlinePolicy,
  managedPolicyAttachment,
  policiesExclusive,
  policyAttachmentsExclusive,
} from "./resources/identity-policies";
import { key, keyAlias } from "./resources/kms";
import { groupMembership, userGroupMembership } from "./resources/membership";
import { openIdConnectProvider } from "./resources/open-id-connect-provider";
import { policy } from "./resources/policy";
import { policyAttachment } from "./resources/policy-attachment";
import { role } from "./resources/role";
import { topic, topicPolicy, topicSubscription } from "./resources/sns";
import { user } from "./resources/user";
import { userLoginProfile } from "./resources/user-login-profile";
import { virtualMfaDevice } from "./resources/virtual-mfa-device";

/** A type of a user, a group and a role alike, by its name behind the kind's. */
const ofEachKind = (
  name: string,
  typeFor: (kind: IdentityKind) => ResourceType,
): Readonly<Record<string, ResourceType>> =>
  Object.fromEntries(
    identityKinds.map((kind) => [
      `aws:iam/${kind}${name}:${kindInCalls[kind]}${name}`,
      typeFor(kind),
    ]),
  );

/** Every type that the sandbox deploys. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "aws:cloudwatch/eventRule:EventRule": eventRule,
  "aws:cloudwatch/eventTarget:EventTarget": eventTarget,
  "aws:iam/accessKey:AccessKey": accessKey,
  "aws:iam/accountAlias:AccountAlias": accountAlias,
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": accountPasswordPolicy,
  "aws:iam/group:Group": group,
  "aws:iam/groupMembership:GroupMembership": groupMembership,
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": openIdConnectProvider,
  "aws:iam/policy:Policy": policy,
  "aws:iam/policyAttachment:PolicyAttachment": policyAttachment,
  "aws:iam/role:Role": role,
  "aws:iam/user:User": user,
  "aws:iam/userGroupMembership:UserGroupMembership": userGroupMembership,
  "aws:iam/userLoginProfile:UserLoginProfile": userLoginProfile,
  "aws:iam/virtualMfaDevice:VirtualMfaDevice": virtualMfaDevice,
  "aws:kms/alias:Alias": keyAlias,
  "aws:kms/key:Key": key,
  "aws:sns/topic:Topic": topic,
  "aws:sns/topicPolicy:TopicPolicy": topicPolicy,
  "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
  ...ofEachKind("Policy", inlinePolicy),
  ...ofEachKind("PolicyAttachment", managedPolicyAttachment),
  ...ofEachKind("PoliciesExclusive", policiesExclusive),
  ...ofEachKind("PolicyAttachmentsExclusive", policyAttachmentsExclusive),
};
