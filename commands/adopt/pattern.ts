import type { LiveAccount, LiveGroup } from "../accounts/live-account";

/** Names that the program in infra/ gives: what bears them in an account is the pattern's own. */
export const everybodysGroup = "bastion-users";
export const consoleOnlyGroup = "console-only";
const teamPrefix = "team-";

export const teamGroup = (team: string): string => `${teamPrefix}${team}`;

/** The team that a group of the pattern is made for. */
export const teamOf = (group: string): string | undefined =>
  group.startsWith(teamPrefix) && group.length > teamPrefix.length
    ? group.slice(teamPrefix.length)
    : undefined;

/** Policies that the program puts on a group, by name; undefined: not a group of the pattern. */
function ownPolicies(group: string): readonly string[] | undefined {
  switch (group) {
    case everybodysGroup:
      return ["session-and-roles", "self-service", "mfa-guard"];
    case consoleOnlyGroup:
      return ["console-only"];
    default:
      return teamOf(group) === undefined ? undefined : ["roles"];
  }
}

/** Managed policies of the pattern bear the group's name and a number. */
export function isOwnPolicy(group: string, policy: string): boolean {
  const own = ownPolicies(group);
  if (own === undefined) return false;
  const numbered =
    policy.startsWith(`${group}-roles-`) &&
    /^\d+$/.test(policy.slice(`${group}-roles-`.length));
  return own.includes(policy) || numbered;
}

/** Whether the bastion stack has been deployed into the account. */
export const isDeployed = ({ groups }: LiveAccount): boolean =>
  groups.some(
    ({ name, inlinePolicies }) =>
      name === everybodysGroup &&
      ["self-service", "mfa-guard"].every((policy) =>
        inlinePolicies.some((one) => one.name === policy),
      ),
  );

/** Groups that the program makes; a team's holds the team's roles, or nothing. */
export function isPatternGroup(group: LiveGroup): boolean {
  const { name, inlinePolicies, attachedPolicies } = group;
  if (name === everybodysGroup || name === consoleOnlyGroup) return true;
  const policies = [...inlinePolicies, ...attachedPolicies];
  return (
    teamOf(name) !== undefined &&
    (policies.length === 0 ||
      policies.some((policy) => isOwnPolicy(name, policy.name)))
  );
}
