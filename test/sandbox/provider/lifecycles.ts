import type { Properties } from "../../../sandbox/provider/properties";

/** What is there before a resource is made, and has no name that is known beforehand. */
export interface ExistingResources {
  readonly keyId: string;
}

/** One type of resource from creation to deletion. */
export interface LifecycleCase {
  readonly inputs: Properties | ((existing: ExistingResources) => Properties);
  /** Inputs that change in place, and what they change to. */
  readonly change?: Properties;
  /** Inputs that have its deletion take away what is in the way. */
  readonly forced?: Properties;
  /** The id to import it by, where that is not its id. */
  readonly importId?: string;
  /** The real provider has no import for it either. */
  readonly notImportable?: true;
}

export const allow = (action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });

export const trust = (accountId: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: "sts:AssumeRole",
      },
    ],
  });

/** Made before all cases. */
const ownPolicy = "arn:aws:iam::111111111111:policy/Own";
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const audit = "arn:aws:iam::aws:policy/SecurityAudit";

const news = "arn:aws:sns:us-east-1:111111111111:news";

const pattern = (...source: readonly string[]): string =>
  JSON.stringify({ source });

/** A policy of a topic or a key: what its account may do, and EventBridge. */
export const resourcePolicy = (action: string, resource = "*"): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: `${action.split(":")[0] ?? ""}:*`,
        Resource: resource,
      },
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: action,
        Resource: resource,
      },
    ],
  });

/**
 * Every type of the provider; they find users `ada` and `bob`, group `team`, role `Work`, policy
 * `Own`, rule `watch`, topic `news` and a key.
 */
export const lifecycleCases: Readonly<Record<string, LifecycleCase>> = {
  "aws:cloudwatch/eventRule:EventRule": {
    inputs: {
      name: "other",
      description: "first",
      eventPattern: pattern("aws.sts"),
      tags: { a: "b" },
    },
    change: {
      description: "second",
      eventPattern: pattern("aws.sts", "aws.signin"),
      state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      tags: { a: "c" },
    },
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    inputs: { rule: "watch", targetId: "tell", arn: news },
    change: {
      inputTransformer: {
        inputPaths: { who: "$.detail.who" },
        inputTemplate: '"<who> came in"',
      },
    },
    importId: "watch/tell",
  },
  "aws:iam/accessKey:AccessKey": {
    inputs: { user: "ada" },
    change: { status: "Inactive" },
  },
  "aws:iam/accountAlias:AccountAlias": {
    inputs: { accountAlias: "some-alias" },
  },
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
    inputs: { minimumPasswordLength: 14, requireNumbers: true },
    change: { minimumPasswordLength: 20, maxPasswordAge: 90 },
  },
  "aws:iam/group:Group": {
    inputs: { name: "other", path: "/teams/" },
    change: { path: "/" },
  },
  "aws:iam/groupMembership:GroupMembership": {
    inputs: { name: "team", group: "team", users: ["ada"] },
    change: { users: ["bob"] },
    notImportable: true,
  },
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": {
    inputs: { groupName: "team", policyNames: [] },
  },
  "aws:iam/groupPolicy:GroupPolicy": {
    inputs: { group: "team", name: "look", policy: allow("s3:ListBucket") },
    change: { policy: allow("s3:*") },
  },
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": {
    inputs: { group: "team", policyArn: readOnly },
  },
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": {
    inputs: { groupName: "team", policyArns: [readOnly] },
    change: { policyArns: [] },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    inputs: {
      url: "https://token.example.org",
      clientIdLists: ["sts.amazonaws.com"],
    },
    change: { clientIdLists: ["another"], tags: { a: "b" } },
  },
  "aws:iam/policy:Policy": {
    inputs: { name: "Look", description: "why", policy: allow("s3:Get*") },
    change: { policy: allow("s3:*"), tags: { a: "b" } },
  },
  "aws:iam/policyAttachment:PolicyAttachment": {
    inputs: { name: "all", policyArn: ownPolicy, users: ["ada"] },
    change: { users: ["bob"], groups: ["team"], roles: ["Work"] },
    notImportable: true,
  },
  "aws:iam/role:Role": {
    inputs: {
      name: "Guest",
      assumeRolePolicy: trust("111111111111"),
      description: "first",
      maxSessionDuration: 7_200,
      inlinePolicies: [{ name: "look", policy: allow("s3:Get*") }],
      managedPolicyArns: [readOnly],
      tags: { a: "b" },
    },
    change: {
      description: "second",
      assumeRolePolicy: trust("033333333333"),
      inlinePolicies: [{ name: "touch", policy: allow("s3:Put*") }],
      managedPolicyArns: [audit],
      permissionsBoundary: readOnly,
      tags: { a: "c" },
    },
  },
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": {
    inputs: { roleName: "Work", policyNames: [] },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    inputs: { role: "Work", name: "look", policy: allow("s3:ListBucket") },
    change: { policy: allow("s3:*") },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    inputs: { role: "Work", policyArn: readOnly },
  },
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": {
    inputs: { roleName: "Work", policyArns: [readOnly] },
    change: { policyArns: [] },
  },
  "aws:iam/user:User": {
    inputs: { name: "eve", path: "/people/", tags: { team: "core" } },
    forced: { forceDestroy: true },
    change: {
      path: "/",
      tags: { team: "edge" },
      permissionsBoundary: readOnly,
    },
  },
  "aws:iam/userGroupMembership:UserGroupMembership": {
    inputs: { user: "ada", groups: ["team"] },
    importId: "ada/team",
  },
  "aws:iam/userLoginProfile:UserLoginProfile": {
    inputs: { user: "ada", passwordResetRequired: true },
  },
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": {
    inputs: { userName: "ada", policyNames: [] },
  },
  "aws:iam/userPolicy:UserPolicy": {
    inputs: { user: "ada", name: "look", policy: allow("s3:ListBucket") },
    change: { policy: allow("s3:*") },
  },
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": {
    inputs: { user: "ada", policyArn: readOnly },
  },
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": {
    inputs: { userName: "ada", policyArns: [readOnly] },
    change: { policyArns: [] },
  },
  "aws:iam/virtualMfaDevice:VirtualMfaDevice": {
    inputs: { virtualMfaDeviceName: "phone", path: "/people/" },
    change: { tags: { a: "b" } },
  },
  "aws:kms/alias:Alias": {
    inputs: ({ keyId }) => ({ name: "alias/other", targetKeyId: keyId }),
  },
  "aws:kms/key:Key": {
    inputs: { description: "first", policy: resourcePolicy("kms:Decrypt") },
    change: {
      description: "second",
      policy: resourcePolicy("kms:GenerateDataKey"),
      enableKeyRotation: true,
      isEnabled: false,
      tags: { a: "b" },
    },
  },
  "aws:sns/topic:Topic": {
    inputs: { name: "other", displayName: "first", tags: { a: "b" } },
    change: {
      displayName: "second",
      kmsMasterKeyId: "alias/own",
      policy: resourcePolicy("sns:Publish", `${news.slice(0, -4)}other`),
      tags: { a: "c" },
    },
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    inputs: { arn: news, policy: resourcePolicy("sns:Publish", news) },
    change: { policy: resourcePolicy("sns:Subscribe", news) },
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    inputs: { topic: news, protocol: "email", endpoint: "ada@example.org" },
  },
};
