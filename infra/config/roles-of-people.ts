import type { OrganisationReading } from "./organisation";
import type { ConfigReader } from "./reader";

/** Reports each name that is no role which people take. */
export function checkRolesOfPeople(
  reader: ConfigReader,
  path: string,
  names: readonly string[],
  {
    roleNames,
    machineRoleNames,
  }: Pick<OrganisationReading, "roleNames" | "machineRoleNames">,
): void {
  names.forEach((name, index) => {
    const at = `${path}[${index}]`;
    if (machineRoleNames.includes(name)) {
      reader.report(
        at,
        `${JSON.stringify(name)}, which no person takes: it has trust`,
        `a role that people take: ${roleNames.join(", ")}`,
      );
    } else {
      reader.unknownName(at, name, roleNames, "a role");
    }
  });
}
