import type { BastionConfig, RoleDefinition, UserFacts } from "../config";
import { roleGrants } from "../groups";
import { iamArn, type AccountId } from "../partition";

/** A role in an account that a user may take. */
export interface Assignment {
  readonly account: string;
  readonly accountId: AccountId;
  readonly role: RoleDefinition;
  readonly roleArn: string;
}

/** Every role that the user may take, by account and then by role in the order of the config. */
export function assignmentsOf(
  { organisation, everybody, teams }: BastionConfig,
  user: UserFacts,
): readonly Assignment[] {
  const granted = new Set(
    roleGrants(organisation, [
      ...everybody,
      ...teams
        .filter(({ name }) => user.teams.includes(name))
        .flatMap(({ grants }) => grants),
    ]).map(({ accountId, role }) => `${accountId} ${role}`),
  );
  return organisation.accounts.flatMap(({ name, id }) =>
    [...organisation.roles.values()]
      .filter((role) => granted.has(`${id} ${role.name}`))
      .map((role) => ({
        account: name,
        accountId: id,
        role,
        roleArn: iamArn(organisation.partition, id, `role/${role.name}`),
      })),
  );
}
