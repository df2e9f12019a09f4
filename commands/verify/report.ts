import type { Progress } from "../accounts/live-account";
import type {
  CentralRootAccess,
  LiveOrganisation,
  UnreadAccount,
} from "../accounts/organisation";
import { rootOf, checkAccounts, type RootState } from "./checks/accounts";
import { checkBastion } from "./checks/bastion";
import { checkBoundaries } from "./checks/boundaries";
import { canSignIn, checkCredentials } from "./checks/credentials";
import { checkAssignments } from "./checks/assignments";
import { checkIdentityProviders } from "./checks/identity-provider";
import { checkIdentities } from "./checks/identities";
import { checkPower, powerKinds } from "./checks/power";
import { checkRoles } from "./checks/roles";
import { checkTrusts } from "./checks/trusts";
import { accept, type AcceptedFinding } from "./accepted";
import type { Assignment, PairCounts } from "./assignments";
import { decideAssignments } from "./decide-assignments";
import type { ExpectedAccess } from "./expected";
import type { Facts, VerificationSettings } from "./facts";
import { machineRoleReports, type MachineRoleReport } from "./machine-roles";
import { findingKinds, type FindingKind } from "./finding-kinds";
import type { AccountFinding } from "./findings";

/** All that a verification has to say, whatever form it is shown in. */
export interface Report {
  readonly at: Date;
  readonly outcome: Outcome;
  readonly accounts: readonly AccountReport[];
  readonly unread: readonly UnreadAccount[];
  /** How many pairs of a user and a role were decided, and how many of them are what. */
  readonly pairs: PairCounts;
  /** Those that open, or may open, or should; all others are closed, and not granted. */
  readonly assignments: readonly Assignment[];
  /** Roles of the config that no person takes. */
  readonly machineRoles: readonly MachineRoleReport[];
  readonly findings: readonly AccountFinding[];
  /** Findings that an exemption accepts: they do not count. */
  readonly accepted: readonly AcceptedFinding[];
  /** Whether root of the member accounts is managed centrally. */
  readonly centralRootAccess: CentralRootAccess;
}

export type Outcome = "pass" | "fail" | "not read";

export interface AccountReport {
  readonly id: string;
  readonly name: string;
  readonly users: number;
  readonly roles: number;
  /** Left out: it could not be read. */
  readonly root: RootState | undefined;
  readonly usersWithoutMfa: readonly string[];
}

const checks = [
  checkAssignments,
  checkIdentities,
  checkBastion,
  checkBoundaries,
  checkRoles,
  checkTrusts,
  checkIdentityProviders,
  checkPower,
  checkAccounts,
  checkCredentials,
];

/** Holds what was read against what the config says. Reads nothing itself. */
export function verify(
  organisation: LiveOrganisation,
  expected: ExpectedAccess,
  settings: VerificationSettings,
  now: Date,
  progress?: Progress,
): Report {
  const assignments = decideAssignments(organisation, expected, progress);
  const facts: Facts = { organisation, expected, assignments, settings, now };
  progress?.(
    `comparing ${organisation.accounts.length} accounts with the config`,
  );
  const found = checks.flatMap((check) => [...check(facts)]);
  const { findings: left, accepted } = accept(
    withoutRepeats(found),
    settings.exemptions,
    organisation,
    now,
  );
  const findings = [...withoutWeaker(left)].sort(
    (a, b) => findingKinds.indexOf(a.rule) - findingKinds.indexOf(b.rule),
  );
  const { unread, centralRootAccess } = organisation;
  return {
    at: now,
    outcome:
      unread.length > 0
        ? "not read"
        : findings.some(({ level }) => level === "error")
          ? "fail"
          : "pass",
    accounts: organisation.accounts.map((account) => ({
      id: account.id,
      name: account.name,
      users: account.live.users.length,
      roles: account.live.roles.length,
      root: rootOf(account),
      usersWithoutMfa: account.live.users
        .filter((user) => canSignIn(user) && user.devices.length === 0)
        .map(({ name }) => name),
    })),
    unread,
    pairs: assignments.pairs,
    assignments: assignments.reported,
    machineRoles: machineRoleReports(organisation, expected, {
      findings,
      accepted,
    }),
    findings,
    accepted,
    centralRootAccess,
  };
}

/** The same thing is said once. */
const withoutRepeats = (
  findings: readonly AccountFinding[],
): AccountFinding[] => [
  ...new Map(
    findings.map((one) => [
      JSON.stringify([one.rule, one.subject, one.message]),
      one,
    ]),
  ).values(),
];

/** That something is there, or who takes it: what says what it may do says that as well. */
const weaker: readonly FindingKind[] = [
  "role-not-in-config",
  "role-trusts-outside",
  "role-trusts-another-account",
  "federation-not-pinned",
  "federation-foreign",
  "federation-not-named",
  "group-not-in-config",
  "user-outside-the-bastion",
];

function withoutWeaker(
  findings: readonly AccountFinding[],
): readonly AccountFinding[] {
  const powerful = new Set(
    findings
      .filter(({ rule }) => powerKinds.includes(rule))
      .map(({ subject }) => subject),
  );
  return findings.filter(
    ({ rule, subject }) => !weaker.includes(rule) || !powerful.has(subject),
  );
}

/** 0: as the config has it; 1: it is not; 2: not everything could be read. */
export const exitCode = ({ outcome }: Pick<Report, "outcome">): number =>
  ({ pass: 0, fail: 1, "not read": 2 })[outcome];
