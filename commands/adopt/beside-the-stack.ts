import type { BastionConfig } from "../../infra/config";
import { planGroups } from "../../infra/groups";
import type { LiveAccount } from "../accounts/live-account";
import { elsewhere } from "./proof";
import { isOwnGroup } from "./own-groups";
import { isTakenOver } from "./superseded";

/**
 * What users of the deployed stack have of it that its file does not say: a deployment does not take
 * it from them, and no removal does.
 *
 * @param keep names of users who stay as they are
 */
export function besideTheStack(
  account: LiveAccount,
  config: BastionConfig,
  keep: ReadonlySet<string>,
): readonly string[] {
  const planned = planGroups(config);
  const own = account.groups.filter(isOwnGroup).map(({ name }) => name);
  return account.users
    .filter((user) => isTakenOver(account, user) && !keep.has(user.name))
    .flatMap((user) => [
      ...(user.path === "/" ? [] : [elsewhere(user)]),
      ...user.groups
        .filter(
          (group) =>
            own.includes(group) &&
            !keep.has(group) &&
            !planned.some(
              ({ name, members }) =>
                name === group && members.includes(user.name),
            ),
        )
        .map(
          (group) =>
            `${user.name} is a member of ${group}, and the stack file does not say so: write it there, or take ${user.name} out of the group`,
        ),
    ]);
}
