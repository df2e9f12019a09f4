import { inRegion, key, keyAlias, topicSubscription } from "./alarm";
import {
  accountAlias,
  group,
  openIdConnectProvider,
  policy,
  role,
  user,
  userLoginProfile,
} from "./identities";
import { textOf, type Finding, type Inputs, type Question } from "./made";

/**
 * What of its place in AWS is the stack's own: a policy of a group that the program made, for one. Pulumi
 * reads what is there, and the next deployment makes it what the program says.
 */
const readBy =
  (idOf: (inputs: Inputs, question: Question) => string): Finding =>
  (question) => ({
    answer: "read it",
    id: idOf(question.inputs, question),
  });

const pair = (one: string, separator: string, other: string): Finding =>
  readBy(
    (inputs) => `${textOf(inputs, one)}${separator}${textOf(inputs, other)}`,
  );

const regional = (
  idOf: (inputs: Inputs, question: Question) => string,
): Finding =>
  readBy((inputs, question) =>
    inRegion(idOf(inputs, question), textOf(inputs, "region")),
  );

const nameOf = (input: string): Finding =>
  readBy((inputs) => textOf(inputs, input));

/**
 * By type, how it is found out what became of a creation, and what Pulumi imports the resource by. Source
 * of the ids: "Import" on each type's page in the Pulumi Registry. A test holds it to what infra/ makes.
 */
export const findings: Readonly<Record<string, Finding>> = {
  "aws:cloudwatch/eventRule:EventRule": regional((inputs) =>
    textOf(inputs, "name"),
  ),
  "aws:cloudwatch/eventTarget:EventTarget": regional(
    (inputs) => `${textOf(inputs, "rule")}/${textOf(inputs, "targetId")}`,
  ),
  "aws:iam/accountAlias:AccountAlias": accountAlias,
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": readBy(
    () => "iam-account-password-policy",
  ),
  "aws:iam/group:Group": group,
  // The provider imports none.
  "aws:iam/groupMembership:GroupMembership": () => ({
    answer: "made again",
    why: "who is a member already stays one",
  }),
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": nameOf("groupName"),
  "aws:iam/groupPolicy:GroupPolicy": pair("group", ":", "name"),
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": pair(
    "group",
    "/",
    "policyArn",
  ),
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive":
    nameOf("groupName"),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": openIdConnectProvider,
  "aws:iam/policy:Policy": policy,
  "aws:iam/role:Role": role,
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": nameOf("roleName"),
  "aws:iam/rolePolicy:RolePolicy": pair("role", ":", "name"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": pair(
    "role",
    "/",
    "policyArn",
  ),
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive":
    nameOf("roleName"),
  "aws:iam/user:User": user,
  "aws:iam/userLoginProfile:UserLoginProfile": userLoginProfile,
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": nameOf("userName"),
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive":
    nameOf("userName"),
  "aws:kms/alias:Alias": keyAlias,
  "aws:kms/key:Key": key,
  "aws:sns/topic:Topic": regional(
    (inputs, { partition, accountId }) =>
      `arn:${partition}:sns:${textOf(inputs, "region")}:${accountId}:${textOf(inputs, "name")}`,
  ),
  "aws:sns/topicPolicy:TopicPolicy": regional((inputs) =>
    textOf(inputs, "arn"),
  ),
  "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
};
