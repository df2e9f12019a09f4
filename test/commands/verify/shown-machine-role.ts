import type {
  MachineRoleDoubt,
  MachineRoleReport,
} from "../../../commands/verify/machine-roles";

/** A row of the table of roles that no person takes. */
export const shownMachineRole = (
  takenBy: string,
  doubt?: MachineRoleDoubt,
): MachineRoleReport => ({
  role: "Scanner",
  accounts: ["dev"],
  takenBy,
  isAsConfigured: doubt === undefined,
  ...(doubt === undefined ? {} : { doubt }),
});
