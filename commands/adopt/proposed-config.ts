import type { BastionConfig, UserFacts } from "../../infra/config";
import { isHelpedTag } from "../../infra/config/help-desk";
import type { LiveUser } from "../accounts/live-account";
import { mayUseKeys, type Teams } from "./teams";

/** The config with the account's users and their teams in it; what it has already stays as it is. */
export type ProposedConfig = ReturnType<typeof proposeConfig>;

export function proposeConfig(
  config: BastionConfig,
  users: readonly LiveUser[],
  teams: Teams,
) {
  const known = new Set(config.users.map(({ name }) => name));
  const newUsers = users
    .filter(({ name }) => !known.has(name))
    .map((user) => factsOf(user, teams, config));
  const used = new Set(newUsers.flatMap((user) => user.teams));
  const newTeams = teams.all.filter(
    ({ name }) =>
      used.has(name) && !config.teams.some((team) => team.name === name),
  );
  return {
    config: {
      ...config,
      users: [...config.users, ...newUsers],
      teams: [...config.teams, ...newTeams],
    },
    newUsers,
    newTeams,
  };
}

/** AWS sets it itself, as CloudFormation does, and nobody else can. */
const isAwsOwn = (tag: string): boolean => /^aws:/i.test(tag);

const factsOf = (
  user: LiveUser,
  teams: Teams,
  { organisation, helpDesk }: BastionConfig,
): UserFacts => ({
  name: user.name,
  teams: teams.of.get(user.name) ?? [],
  consoleAccess: user.hasPassword,
  programmaticAccess: mayUseKeys(user),
  tags: Object.fromEntries(
    Object.entries(user.tags).filter(
      ([name, value]) =>
        organisation.tags[name] !== value &&
        !isAwsOwn(name) &&
        (helpDesk === undefined || !isHelpedTag(name)),
    ),
  ),
});
