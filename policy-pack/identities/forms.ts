/** All that can hold policies; of Identity Center's permission sets AWS makes a role in each account. */
export type HolderKind = "user" | "group" | "role" | "permission set";

/** The properties by which a type of resource is a user, a group, a role or a permission set. */
export interface HolderForm {
  readonly kind: HolderKind;
  readonly name: string;
  readonly trust?: string;
  readonly session?: string;
  readonly boundary?: string;
  /** A list of policies of its own: the property, and those of an entry. */
  readonly inline?: {
    readonly list: string;
    readonly name: string;
    readonly document: string;
  };
  /** The one inline policy that it may have. */
  readonly document?: string;
  /** A list of ARNs. */
  readonly managed?: string;
  /** A list of names of policies, which each account has for itself. */
  readonly managedByName?: string;
  /** Where it has these lists, the provider takes away all that they don't name. */
  readonly isExclusive?: true;
  /** Of a user: the names of its groups. */
  readonly groups?: string;
}

/** The properties by which a type of resource gives policies to users, groups or roles. */
export interface PolicyGrantForm {
  /** Which property names the holders: one name, or a list. */
  readonly holders: readonly (readonly [HolderKind, string])[];
  readonly document?: string;
  /** One ARN or name, or a list. */
  readonly managed?: string;
  readonly boundary?: string;
  /** The provider detaches from the holder all managed policies but these. */
  readonly isExclusive?: true;
  /** The provider detaches the policy from everybody in the account but these holders. */
  readonly isOnlyAttachment?: true;
  /**
   * Names of inline policies, which other resources of the stack hold, or none. The provider takes
   * all others away.
   */
  readonly inlineNames?: string;
  /** A policy that is a resource itself: others can name it by its ARN. */
  readonly isManagedPolicy?: true;
}

/** The properties by which a type of resource puts users into groups. */
export interface MembershipForm {
  readonly users: string;
  readonly groups: string;
  /** The provider takes everybody else out of the group. */
  readonly isExclusive?: true;
}

const nativePolicies = {
  list: "policies",
  name: "policyName",
  document: "policyDocument",
};

export const holderForms: ReadonlyMap<string, HolderForm> = new Map(
  Object.entries<HolderForm>({
    "aws:iam/user:User": {
      kind: "user",
      name: "name",
      boundary: "permissionsBoundary",
    },
    "aws:iam/group:Group": { kind: "group", name: "name" },
    "aws:iam/role:Role": {
      kind: "role",
      name: "name",
      trust: "assumeRolePolicy",
      session: "maxSessionDuration",
      boundary: "permissionsBoundary",
      inline: { list: "inlinePolicies", name: "name", document: "policy" },
      managed: "managedPolicyArns",
      isExclusive: true,
    },
    "aws-native:iam:User": {
      kind: "user",
      name: "userName",
      boundary: "permissionsBoundary",
      inline: nativePolicies,
      managed: "managedPolicyArns",
      groups: "groups",
    },
    "aws-native:iam:Group": {
      kind: "group",
      name: "groupName",
      inline: nativePolicies,
      managed: "managedPolicyArns",
    },
    "aws-native:iam:Role": {
      kind: "role",
      name: "roleName",
      trust: "assumeRolePolicyDocument",
      session: "maxSessionDuration",
      boundary: "permissionsBoundary",
      inline: nativePolicies,
      managed: "managedPolicyArns",
    },
    "aws:ssoadmin/permissionSet:PermissionSet": {
      kind: "permission set",
      name: "name",
      session: "sessionDuration",
    },
    "aws-native:sso:PermissionSet": {
      kind: "permission set",
      name: "name",
      session: "sessionDuration",
      boundary: "permissionsBoundary",
      document: "inlinePolicy",
      managed: "managedPolicies",
      managedByName: "customerManagedPolicyReferences",
    },
  }),
);

const inlineGrant = (kind: HolderKind): PolicyGrantForm => ({
  holders: [[kind, kind]],
  document: "policy",
});
const attachment = (kind: HolderKind): PolicyGrantForm => ({
  holders: [[kind, kind]],
  managed: "policyArn",
});
const exclusiveAttachments = (kind: HolderKind): PolicyGrantForm => ({
  holders: [[kind, `${kind}Name`]],
  managed: "policyArns",
  isExclusive: true,
});
const exclusiveInline = (kind: HolderKind): PolicyGrantForm => ({
  holders: [[kind, `${kind}Name`]],
  inlineNames: "policyNames",
});
const nativeInline = (kind: HolderKind): PolicyGrantForm => ({
  holders: [[kind, `${kind}Name`]],
  document: "policyDocument",
});

const toPermissionSet = (
  form: Omit<PolicyGrantForm, "holders">,
): PolicyGrantForm => ({
  holders: [["permission set", "permissionSetArn"]],
  ...form,
});

const everyKind = (suffix: string): PolicyGrantForm["holders"] => [
  ["user", `users${suffix}`],
  ["group", `groups${suffix}`],
  ["role", `roles${suffix}`],
];

export const policyGrantForms: ReadonlyMap<string, PolicyGrantForm> = new Map(
  Object.entries<PolicyGrantForm>({
    "aws:iam/policy:Policy": {
      holders: [],
      document: "policy",
      isManagedPolicy: true,
    },
    "aws:iam/policyAttachment:PolicyAttachment": {
      holders: everyKind(""),
      managed: "policyArn",
      isOnlyAttachment: true,
    },
    "aws:iam/userPolicy:UserPolicy": inlineGrant("user"),
    "aws:iam/groupPolicy:GroupPolicy": inlineGrant("group"),
    "aws:iam/rolePolicy:RolePolicy": inlineGrant("role"),
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": attachment("user"),
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": attachment("group"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": attachment("role"),
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive":
      exclusiveAttachments("user"),
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive":
      exclusiveAttachments("group"),
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive":
      exclusiveAttachments("role"),
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive":
      exclusiveInline("user"),
    "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive":
      exclusiveInline("group"),
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive":
      exclusiveInline("role"),
    "aws-native:iam:ManagedPolicy": {
      holders: everyKind(""),
      document: "policyDocument",
      isManagedPolicy: true,
    },
    // In CloudFormation's templates alone: it puts one document into each of its holders.
    "aws-native:iam:Policy": {
      holders: everyKind(""),
      document: "policyDocument",
    },
    "aws-native:iam:UserPolicy": nativeInline("user"),
    "aws-native:iam:GroupPolicy": nativeInline("group"),
    "aws-native:iam:RolePolicy": nativeInline("role"),
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy":
      toPermissionSet({ document: "inlinePolicy" }),
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment":
      toPermissionSet({ managed: "managedPolicyArn" }),
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive":
      toPermissionSet({ managed: "managedPolicyArns" }),
    "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment":
      toPermissionSet({ managed: "customerManagedPolicyReference" }),
    "aws:ssoadmin/customerManagedPolicyAttachmentsExclusive:CustomerManagedPolicyAttachmentsExclusive":
      toPermissionSet({ managed: "customerManagedPolicyReferences" }),
    "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment":
      toPermissionSet({ boundary: "permissionsBoundary" }),
  }),
);

export const membershipForms: ReadonlyMap<string, MembershipForm> = new Map(
  Object.entries<MembershipForm>({
    "aws:iam/groupMembership:GroupMembership": {
      users: "users",
      groups: "group",
      isExclusive: true,
    },
    "aws:iam/userGroupMembership:UserGroupMembership": {
      users: "user",
      groups: "groups",
    },
    "aws-native:iam:UserToGroupAddition": {
      users: "users",
      groups: "groupName",
    },
  }),
);
