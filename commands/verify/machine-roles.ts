import type { LiveOrganisation } from "../accounts/organisation";
import { rolesIn, type ExpectedAccess } from "./expected";
import type { AccountFinding } from "./findings";
import { groupBy } from "./group-by";

/** A role that no person takes, in the accounts where it stands alike. */
export interface MachineRoleReport {
  readonly role: string;
  /** By name. */
  readonly accounts: readonly string[];
  /** As the config has it. */
  readonly takenBy: string;
  /** Whether it is there, and nothing was found to be wrong with it. */
  readonly isAsConfigured: boolean;
}

/** Who takes the roles that no person does, in the order of the config. */
export function machineRoleReports(
  { accounts }: LiveOrganisation,
  expected: ExpectedAccess,
  findings: readonly AccountFinding[],
): readonly MachineRoleReport[] {
  const wrong = new Set(
    findings
      .filter(({ level }) => level === "error")
      .map(({ subject }) => subject),
  );
  const all = accounts.flatMap((account) =>
    rolesIn(expected, account).flatMap(({ name, takenBy }) => {
      const there = account.live.roles.find((one) => one.name === name);
      const isAsConfigured = there !== undefined && !wrong.has(there.arn);
      return takenBy === null
        ? []
        : [{ role: name, account: account.name, takenBy, isAsConfigured }];
    }),
  );
  return [
    ...groupBy(all, (one) =>
      JSON.stringify([one.role, one.takenBy, one.isAsConfigured]),
    ).values(),
  ].map((alike) => ({
    role: alike[0].role,
    accounts: alike.map(({ account }) => account),
    takenBy: alike[0].takenBy,
    isAsConfigured: alike[0].isAsConfigured,
  }));
}
