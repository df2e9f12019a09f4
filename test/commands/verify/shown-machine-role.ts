import type { MachineRoleReport } from "../../../commands/verify/machine-roles";

/** A row of the table of roles that no person takes. */
export const shownMachineRole = (
  takenBy: string,
  isAsConfigured: boolean,
): MachineRoleReport => ({
  role: "Scanner",
  accounts: ["dev"],
  takenBy,
  isAsConfigured,
});
