import type { BastionConfig } from "../../infra/config";
import { planGroups } from "../../infra/groups";
import type { LiveAccount, LiveIdentity } from "../accounts/live-account";
import { isDeployed } from "./own-groups";
import type { HeldPolicy } from "./removal";
import { isTakenOver, otherPolicies } from "./superseded";

/**
 * The names of those that hold policies which the stack does not give them. A deployment takes these
 * away, unless config keeps them: while an account is taken over they go when that locks nobody out.
 */
export const holdingOthers = (
  identities: readonly LiveIdentity[],
): readonly string[] =>
  identities
    .filter((identity) => otherPolicies(identity).length > 0)
    .map(({ name }) => name);

/** What the deployed stack would take away before its time, and what config keeps for nothing. */
export function keptWrongly(
  account: LiveAccount,
  config: BastionConfig,
): readonly string[] {
  if (!isDeployed(account)) return [];
  const { keepPoliciesOf } = config;
  const stacks = planGroups(config).map(({ name }) => name);
  const own = [
    ...account.users.filter((user) => isTakenOver(account, user)),
    ...account.groups.filter(({ name }) => stacks.includes(name)),
  ];
  const holding = holdingOthers(own);
  const idle = keepPoliciesOf.filter((name) => !holding.includes(name));
  return [
    ...own
      .filter(({ name }) => holding.includes(name))
      .filter(({ name }) => !keepPoliciesOf.includes(name))
      .map(
        (one) =>
          `${one.name} holds ${namesOf(otherPolicies(one))}, which the next deployment takes away: to have it go when that locks nobody out, write ${one.name} into keepPoliciesOf in the stack file before`,
      ),
    ...(idle.length === 0
      ? []
      : [
          `keepPoliciesOf names ${idle.join(", ")}, with nothing beside the stack to keep: take that out of the stack file, and deploy, so that nothing put there by hand stays`,
        ]),
  ];
}

const namesOf = (policies: readonly HeldPolicy[]): string =>
  policies.map(({ name }) => name).join(", ");
