/**
 * The names that the program gives in IAM, and those it expects there. Whoever compares an account
 * with the program, or imports what is in one, takes them from here.
 */

/** Every user is in it: MFA, sessions, self-service, and the roles that everybody may take. */
export const everybodysGroup = "bastion-users";
/** Users without programmatic access. */
export const consoleOnlyGroup = "console-only";

const teamPrefix = "team-";

export const teamGroup = (team: string): string => `${teamPrefix}${team}`;

/** The team that a group is made for; undefined: the group is no team's. */
export const teamOfGroup = (group: string): string | undefined =>
  group.startsWith(teamPrefix) && group.length > teamPrefix.length
    ? group.slice(teamPrefix.length)
    : undefined;

/** Inline policies of the groups. */
export const groupPolicies = {
  sessionAndRoles: "session-and-roles",
  selfService: "self-service",
  mfaGuard: "mfa-guard",
  consoleOnly: "console-only",
  teamRoles: "roles",
} as const;

/** Inline policies that a group of that name has; undefined: no group of the program's. */
export function inlinePoliciesOf(group: string): readonly string[] | undefined {
  const { sessionAndRoles, selfService, mfaGuard } = groupPolicies;
  if (group === everybodysGroup)
    return [sessionAndRoles, selfService, mfaGuard, revokedSessions];
  if (group === consoleOnlyGroup) return [groupPolicies.consoleOnly];
  return teamOfGroup(group) === undefined
    ? undefined
    : [groupPolicies.teamRoles, revokedSessions];
}

/**
 * A managed policy with roles that are too long for the group itself.
 *
 * @param number from 1 on; `*` in an ARN pattern means all of them
 */
export const groupRolesPolicy = (group: string, number: number | "*"): string =>
  `${group}-roles-${number}`;

/** The roles that every workload account has. */
export const standardRoles = {
  readOnly: "ReadOnly",
  powerUser: "PowerUser",
  opsSudo: "OpsSudo",
} as const;

/** The role that reads IAM in every account, the bastion included, where config asks for it. */
export const auditorRole = "Auditor";

/** The auditor's inline policy. */
export const auditorReads = "reads-iam";

/** The role in the bastion that helps users, where config names a team for it. */
export const helpDeskRole = "HelpDesk";

/** The help desk's inline policy. */
export const helpDeskHelps = "helps-users";

/**
 * The tag of users whom the help desk may help. Whoever has it takes no role but those that config
 * names for them: so IAM itself holds that helping is no way to more.
 */
export const helpedTag = { key: "help-desk", value: "may-help" } as const;

/**
 * The inline policy of PowerUser, and of roles that no person takes, which keeps them from IAM,
 * Organizations and the account's settings.
 */
export const accountWritesDenied = "deny-account-writes";

/** The inline policy of every role of the config but OpsSudo: what guards the account is not theirs. */
export const accountGuard = "account-guard";

/** The inline policy by which running sessions are closed, of roles and of the group of all users. */
export const revokedSessions = "revoked-sessions";

/** The names of a pipeline's roles in every account: a workflow says which of the two it takes. */
export const pipelineRoles = {
  preview: "pipeline-preview",
  deployment: "pipeline-deployment",
  audit: "pipeline-audit",
} as const;

/**
 * What a pipeline can't go beyond: the managed policies that bound the users and the roles that it
 * writes. It can't change them, or take them off.
 */
export const boundaryPolicies = {
  users: "pipeline-user-boundary",
  roles: "pipeline-role-boundary",
} as const;

/** The role that AWS Organizations makes in each account that it creates. */
export const organizationsRole = "OrganizationAccountAccessRole";

/** The session name of a deployment, as CloudTrail shows it. */
export const deploymentSession = "bastion-account-deployment";
