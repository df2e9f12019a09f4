import { powerOf } from "../decide/power";
import type { Permissions } from "../decide/permissions";
import type { Organisation } from "../organisation/organisation";
import type { Identity } from "../identities/identity";
import { permissionsOf } from "../identities/permissions";

/** How much a role can do: a greater number is a stronger role. */
export type Strength = 0 | 1 | 2 | 3;

/** Of the roles that people hold in every account: any service, but not IAM. */
export const strengthOfPowerRole: Strength = 1;

export function strengthOf(
  role: Identity,
  { administratorRoles }: Organisation,
): Strength {
  if (role.name !== undefined && administratorRoles.includes(role.name)) {
    return 3;
  }
  return strengthOfPermissions(permissionsOf(role));
}

export function strengthOfPermissions(permissions: Permissions): Strength {
  const { iam, usesAnyService } = powerOf(permissions, "proven");
  if (iam !== "none") return iam === "all" ? 3 : 2;
  return usesAnyService ? 1 : 0;
}

export function strengthWords(strength: Strength): string {
  switch (strength) {
    case 0:
      return "may do a few things";
    case 1:
      return "may use any service";
    case 2:
      return "may change IAM, or pass any role";
    case 3:
      return "is administrator";
  }
}
