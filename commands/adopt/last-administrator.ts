import { freshMfa } from "../../policy-pack/decide/assume-role";
import { isAdministrator } from "../../policy-pack/decide/powers";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { rolePermissions } from "../accounts/permissions";
import { permissionsOfPattern } from "./permissions";
import { mayAssume } from "./reach";

/** Who runs the take-over. */
export interface Caller {
  /** Of `GetCallerIdentity`. */
  readonly arn: string;
}

/** The role whose session it is; undefined: it is no role's. */
export const roleOfCaller = ({ arn }: Caller): string | undefined =>
  /:assumed-role\/([^/]+)\//.exec(arn)?.[1];

export const userOfCaller = ({ arn }: Caller): string | undefined =>
  /:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];

/**
 * Whether a role that administers the account stays, with somebody who is proven to get into it: who
 * runs this is in it now, or a user may take it by the pattern's policies alone.
 */
export function hasAdministrator(
  account: LiveAccount,
  caller: Caller,
  going: ReadonlySet<string>,
  proven: readonly LiveUser[],
): boolean {
  return account.roles.some(
    (role) =>
      !going.has(role.name) &&
      isAdministrator(rolePermissions(account, role)).answer === "open" &&
      (roleOfCaller(caller) === role.name ||
        proven.some(
          (user) =>
            mayAssume(permissionsOfPattern(account, user), role, [freshMfa]) ===
            "open",
        )),
  );
}
