import type {
  BastionConfig,
  Grant,
  Organisation,
  RoleDefinition,
  UserFacts,
  WorkloadAccountFacts,
} from "./config";
import { iamArn, type AccountId } from "./partition";

/** A role in an account that a user may take. */
export interface Assignment {
  readonly account: string;
  readonly accountId: AccountId;
  readonly role: RoleDefinition;
  readonly roleArn: string;
}

/** The roles of one account that a group or user is granted. */
export interface GrantedRoles {
  readonly account: WorkloadAccountFacts;
  /** In the order of the config. */
  readonly roles: readonly RoleDefinition[];
}

/** What the grants give together, for every account in the order of the config. */
export const grantedRoles = (
  { accounts, roles }: Organisation,
  grants: readonly Grant[],
): readonly GrantedRoles[] =>
  accounts.map((account) => {
    const named = grants
      .filter(
        (grant) =>
          grant.accounts === "all" || grant.accounts.includes(account.name),
      )
      .flatMap((grant) => grant.roles);
    return {
      account,
      roles: [...roles.values()].filter(
        ({ name }) => named.includes(name) && account.roles.includes(name),
      ),
    };
  });

/** Every role that the user may take, by account and then by role in the order of the config. */
export const assignmentsOf = (
  { organisation, everybody, teams }: BastionConfig,
  user: UserFacts,
): readonly Assignment[] =>
  grantedRoles(organisation, [
    ...everybody,
    ...teams
      .filter(({ name }) => user.teams.includes(name))
      .flatMap(({ grants }) => grants),
  ]).flatMap(({ account, roles }) =>
    roles.map((role) => ({
      account: account.name,
      accountId: account.id,
      role,
      roleArn: iamArn(organisation.partition, account.id, `role/${role.name}`),
    })),
  );
