import type { BastionConfig, Grant, UserFacts } from "./model";

/** What a user is granted: by everybody's grants, and by those of the user's teams. */
export const grantsOf = (
  { everybody, teams }: Pick<BastionConfig, "everybody" | "teams">,
  user: Pick<UserFacts, "teams">,
): readonly Grant[] => [
  ...everybody,
  ...teams
    .filter(({ name }) => user.teams.includes(name))
    .flatMap(({ grants }) => grants),
];
