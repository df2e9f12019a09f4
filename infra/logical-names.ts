import { boundaryPolicies, groupRolesPolicy } from "./names";

/**
 * What Pulumi knows the program's resources by: types of components, and logical names. They stay as
 * they are for good, since a resource under another name is another resource: a change takes `aliases`.
 */
export const componentTypes = {
  bastion: "bastion:index:BastionAccount",
  workload: "bastion:index:WorkloadAccount",
  pipeline: "bastion:index:Pipeline",
  breakGlassAlarm: "bastion:index:BreakGlassAlarm",
} as const;

/** The bastion's component and its pipeline's, and its account in the name of the provider. */
export const bastionComponent = "bastion";

/** An alarm's component. A workload account's, and its pipeline's, have the name of the account. */
export const alarmComponent = (account: string, region: string): string =>
  `${account}-${region}`;

/** @param account the account's name in the config, or the bastion's component */
export const accountProvider = (account: string): string =>
  `account-${account}`;

/** The bastion's resources; those that belong to one user or group differ in type. */
export const bastionResources = (component: string) => ({
  accountAlias: `${component}-alias`,
  passwordPolicy: `${component}-password-policy`,
  /** The policy that bounds the users whom a pipeline makes. */
  userBoundary: `${component}-${boundaryPolicies.users}`,
  /**
   * The user, and below it the login profile and what keeps it without policies. No user's name has a slash in it, so no name made here is
   * what another user was called formerly.
   */
  user: (user: string): string => `${component}-user/${user}`,
  /** The group, and below it the membership and what keeps its policies to the program's. */
  group: (group: string): string => `${component}-${group}`,
  groupPolicy: (group: string, policy: string): string =>
    `${component}-${group}-${policy}`,
  /** A managed policy, and its attachment to the group. */
  groupRolesPolicy: (group: string, number: number): string =>
    `${component}-${groupRolesPolicy(group, number)}`,
  ...roleResources(component),
});

/** The logical names of users, groups and their policies before they began with the component's. */
export const formerBastionResources = {
  user: (user: string): string => user,
  group: (group: string): string => group,
  groupPolicy: (group: string, policy: string): string => `${group}-${policy}`,
  groupRolesPolicy: (group: string, number: number): string =>
    groupRolesPolicy(group, number),
};

/** The roles of the config in an account. */
export const roleResources = (component: string) => ({
  /** The policy that bounds the roles that a pipeline makes. */
  roleBoundary: `${component}-${boundaryPolicies.roles}`,
  /** The role, and what keeps its policies to those that it is to have. */
  role: (role: string): string => `${component}-${role}`,
  /** An inline policy of the role, or a managed policy's attachment to it, which differ in type. */
  rolePolicy: (role: string, policy: string): string =>
    `${component}-${role}-${policy}`,
  /** No account's name has a slash in it, and an issuer begins with its host. */
  identityProvider: (issuer: string): string => `${component}/${issuer}`,
});

/** The resources of an account's pipeline. */
export const pipelineResources = (component: string) => ({
  identityProvider: component,
  /** The role, and what keeps it to its policy. */
  role: (role: string): string => `${component}-${role}`,
  /** A role has one policy, whose name is its own. */
  rolePolicy: (role: string): string => `${component}-${role}`,
});

/** The resources of the alarm in one region of an account. */
export const alarmResources = (component: string) => ({
  /** The key, its alias, the topic and the topic's policy. */
  topic: component,
  subscription: (email: string): string => `${component}-${email}`,
  /** The rule, and its target. */
  rule: (rule: string): string => `${component}-${rule}`,
});
