import { freshMfa, mayAssumeRole } from "../../policy-pack/decide/assume-role";
import type { Permissions } from "../../policy-pack/decide/powers";
import { unlessUnreadable } from "../accounts/documents";
import type { LiveAccount, LiveRole } from "../accounts/live-account";
import { isOwnGroup } from "./own-groups";
import { permissionsOfOwnGroup } from "./permissions";
import { mayAssume, type OpenRole } from "./reach";

/**
 * ARNs of roles that a user may take now, by all that they have, and not afterwards. Those that the
 * stack's groups give are left out: whom they are for is the config's to say, and no old policy meant
 * them.
 *
 * @param accounts whose roles are known
 * @param open what the user may take afterwards
 */
export const rolesLost = (
  now: Permissions,
  bastion: LiveAccount,
  accounts: readonly LiveAccount[],
  open: readonly OpenRole[],
): readonly string[] => {
  const kept = new Set(open.map(({ role }) => role.arn));
  return accounts
    .flatMap(({ roles }) => roles)
    .filter(
      (role) =>
        !kept.has(role.arn) && mayTake(now, role) && !isOfStack(bastion, role),
    )
    .map(({ arn }) => arn);
};

/** Where it can't be decided, a role counts as one that the user has. */
function mayTake(now: Permissions, role: LiveRole): boolean {
  const taken = unlessUnreadable(() => [mayAssume(now, role)]);
  return typeof taken === "string"
    ? mayAskFor(now, role)
    : taken[0] !== "closed";
}

/** By the user's own side alone. */
const mayAskFor = (user: Permissions, { arn }: LiveRole): boolean =>
  mayAssumeRole(user, { arn, trust: undefined, tags: undefined }, [freshMfa])
    .answer !== "closed";

function isOfStack(bastion: LiveAccount, role: LiveRole): boolean {
  const known = ofStack.get(bastion) ?? new Map<string, boolean>();
  ofStack.set(bastion, known);
  const found =
    known.get(role.arn) ??
    bastion.groups
      .filter(isOwnGroup)
      .some((group) => mayAskFor(permissionsOfOwnGroup(bastion, group), role));
  known.set(role.arn, found);
  return found;
}

/** By ARN of the role: the same are asked about for each user. */
const ofStack = new WeakMap<LiveAccount, Map<string, boolean>>();
