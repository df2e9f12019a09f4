import type { LiveRole } from "../../accounts/live-account";
import { fewOf } from "../../formats/few-of";

/**
 * What IAM itself knows of whether something runs with a role.
 * Source: IAM API reference, "RoleLastUsed": of the last 400 days.
 */
export function useOfRole({
  name,
  lastUsedAt,
  instanceProfiles,
}: Pick<LiveRole, "name" | "lastUsedAt" | "instanceProfiles">): string {
  const used =
    lastUsedAt === undefined
      ? "AWS tells of no use of it in the last 400 days"
      : `AWS last saw it used on ${lastUsedAt.toISOString().slice(0, 10)}`;
  const profiles =
    instanceProfiles.length === 0
      ? ""
      : `, and it is in the instance profile ${fewOf(instanceProfiles)}`;
  return `What runs with ${name} was not read: ${used}${profiles}`;
}
