import { isAdministrator } from "../../policy-pack/decide/powers";
import { userIn } from "../accounts/arn";
import { unlessUnreadable } from "../accounts/documents";
import type { LiveAccount, LiveRole, LiveUser } from "../accounts/live-account";
import { permissionsOfPattern } from "./permissions";
import { mayAssume, permissionsOnce } from "./reach";

/** Who runs the take-over. */
export interface Caller {
  /** Of `GetCallerIdentity`. */
  readonly arn: string;
}

/** The role whose session it is; undefined: it is no role's. */
export const roleOfCaller = ({ arn }: Caller): string | undefined =>
  /:assumed-role\/([^/]+)\//.exec(arn)?.[1];

export const userOfCaller = ({ arn }: Caller): string | undefined =>
  userIn(arn);

/** The account's roles that can make themselves anything; of one that can't be read it is not proven. */
export const administratorRoles = (account: LiveAccount): readonly LiveRole[] =>
  account.roles.filter((role) => {
    const verdict = unlessUnreadable(() =>
      isAdministrator(permissionsOnce(account, role)),
    );
    return typeof verdict !== "string" && verdict.answer === "open";
  });

/** Whether the role that whoever runs this took to read the account administers it. */
export const isEntered = (
  account: LiveAccount,
  entered: string | undefined,
): boolean => administratorRoles(account).some(({ name }) => name === entered);

/**
 * Whether a role that administers the account stays, and a user may take it by the pattern's policies
 * alone.
 *
 * @param going ARNs of roles that may be removed
 * @param proven users whose new way in is proven, asked for where it takes them
 */
export const isAdministered = (
  account: LiveAccount,
  bastion: LiveAccount,
  going: ReadonlySet<string>,
  proven: () => readonly LiveUser[],
): boolean =>
  administratorRoles(account)
    .filter(({ arn }) => !going.has(arn))
    .some((role) =>
      proven().some(
        (user) =>
          mayAssume(permissionsOfPattern(bastion, user), role) === "open",
      ),
    );
