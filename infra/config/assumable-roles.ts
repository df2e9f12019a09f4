import { helpDeskRole, organizationsRole, pipelineRoles } from "../names";
import type { RoleDefinition } from "./model";
import type { ConfigReader } from "./reader";
import { matchesWildcards } from "./wildcards";

/** PowerUser takes no role of the pattern's: people take those, and with MFA; nor the one that deploys. */
export function checkAssumableRoles(
  reader: ConfigReader,
  roles: ReadonlyMap<string, RoleDefinition>,
  ofMachines: readonly string[],
  deploymentRole: string | undefined,
): void {
  const closed = [
    ...roles.keys(),
    ...ofMachines,
    ...Object.values(pipelineRoles),
    organizationsRole,
    helpDeskRole,
    ...(deploymentRole === undefined ? [] : [deploymentRole]),
  ];
  for (const { name, assumableRoles = [] } of roles.values()) {
    assumableRoles.forEach((pattern, index) => {
      const meant = closed.find((one) => meansRole(pattern, one));
      if (meant === undefined) return;
      reader.report(
        `roles.${name}.assumableRoles[${index}]`,
        `${pattern}, which means the role ${meant}`,
        "names that mean none of the roles that people, machines of the config, the pipeline, a deployment or Organizations take",
      );
    });
  }
}

/** Without regard to case: IAM has one role of a name. A path means all below it. */
function meansRole(pattern: string, role: string): boolean {
  if (pattern.startsWith("/")) {
    return `/${role}`.toLowerCase().startsWith(pattern.toLowerCase());
  }
  return matchesWildcards(pattern, role);
}
