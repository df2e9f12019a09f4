import { groupRolesPolicy } from "./names";

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

/** The bastion's component, and its account in the name of the provider. */
export const bastionComponent = "bastion";

/** @param account the account's name in the config, or the bastion's component */
export const accountProvider = (account: string): string =>
  `account-${account}`;

/** The bastion's resources; those that belong to one user or group differ in type. */
export const bastionResources = (component: string) => ({
  accountAlias: `${component}-alias`,
  passwordPolicy: `${component}-password-policy`,
  /** The user, and the login profile below it. */
  user: (user: string): string => user,
  /** The group, and the membership below it. */
  group: (group: string): string => group,
  groupPolicy: (group: string, policy: string): string => `${group}-${policy}`,
  /** A managed policy, and its attachment to the group. */
  groupRolesPolicy: (group: string, number: number): string =>
    groupRolesPolicy(group, number),
});
