import type {
  LiveAccount,
  LiveGroup,
  LiveRole,
  LiveUser,
} from "../../../commands/accounts/live-account";
import type { UnreadAccount } from "../../../commands/accounts/organisation";
import type { Deployed } from "../../../commands/adopt/proof";
import {
  account,
  bastionId,
  criteria,
  device,
  managed,
  organizationRole,
  patternGroups,
  takes,
  user,
  workload,
} from "./account";

const organization = "OrganizationAccountAccessRole";

/** Who runs the take-over, by the deployment role. */
export const deployment = {
  arn: `arn:aws:sts::${bastionId}:assumed-role/${organization}/adopt`,
};

/** Somebody in the deployed stack, with MFA. */
export const member = (
  name: string,
  team: string,
  more: Partial<LiveUser> = {},
): LiveUser =>
  user(name, {
    devices: [device(name)],
    ...more,
    groups: ["bastion-users", `team-${team}`, ...(more.groups ?? [])],
  });

/** A user of the stack who may take every role of the account. */
export const taker = (name: string, more: Partial<LiveUser> = {}): LiveUser =>
  member(name, "operations", { inlinePolicies: [takes], ...more });

export const administrator = {
  attachedPolicies: [managed("AdministratorAccess")],
};

/** What an account has beside the deployed stack. */
export interface Situation {
  readonly users?: readonly LiveUser[];
  readonly groups?: readonly LiveGroup[];
  readonly roles?: readonly LiveRole[];
  readonly workloads?: readonly LiveAccount[];
  readonly unread?: readonly UnreadAccount[];
  readonly keep?: readonly string[];
  /** Left out: all users, since whoever has anything in the bastion itself loses that. */
  readonly acceptLess?: readonly string[];
  readonly acceptLessHere?: boolean;
  readonly usedWithinDays?: number;
}

export const deployedWith = ({
  users = [],
  groups = [],
  roles = [],
  workloads = [],
  unread = [],
  keep = [],
  acceptLess = users.map(({ name }) => name),
  acceptLessHere = false,
  usedWithinDays = 100,
}: Situation): Deployed => ({
  bastion: account({
    users,
    groups: [...patternGroups(), ...groups],
    roles: [organizationRole, ...roles],
  }),
  workloads: [workload(), ...workloads],
  unread,
  criteria: { ...criteria(organization, ...keep), usedWithinDays },
  deploymentRole: organization,
  acceptLess: new Set(acceptLess),
  acceptLessHere,
});
