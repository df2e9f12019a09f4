import type {
  BastionConfig,
  Grant,
  RoleDefinition,
  UserFacts,
  WorkloadAccountFacts,
} from "./config";
import { grantsOf } from "./config/grants";
import { isSingleAccount } from "./config/single-account";
import { bastionComponent } from "./logical-names";
import { auditorRole, helpDeskRole } from "./names";
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
  readonly account: Pick<WorkloadAccountFacts, "name" | "id">;
  /** In the order of the config. */
  readonly roles: readonly RoleDefinition[];
}

/** Where grants are good: in the workload accounts; for an auditor and the help desk in the bastion. */
type Granting = Pick<BastionConfig, "organisation" | "accountId" | "helpDesk">;

/**
 * What the grants give together, for every account in the order of the config. Whoever audits any of
 * them audits the bastion as well.
 */
export function grantedRoles(
  { organisation, accountId, helpDesk }: Granting,
  grants: readonly Grant[],
): readonly GrantedRoles[] {
  const { accounts, roles } = organisation;
  const granted = accounts.map((account) => {
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
  const auditor = granted
    .flatMap((one) => one.roles)
    .find(({ name }) => organisation.auditor && name === auditorRole);
  const helping = grants.flatMap((grant) => grant.roles).includes(helpDeskRole)
    ? helpDesk?.role
    : undefined;
  if (isSingleAccount(organisation, accountId)) {
    // The auditor's role stands there among the others.
    return granted.map(({ account, roles: own }) => ({
      account,
      roles: [...own, ...(helping === undefined ? [] : [helping])],
    }));
  }
  const bastion = { id: accountId, name: bastionComponent };
  const inBastion = [auditor, helping].filter((role) => role !== undefined);
  return inBastion.length === 0
    ? granted
    : [...granted, { account: bastion, roles: inBastion }];
}

/** Every role that the user may take, by account and then by role in the order of the config. */
export const assignmentsOf = (
  config: BastionConfig,
  user: UserFacts,
): readonly Assignment[] =>
  grantedRoles(config, grantsOf(config, user)).flatMap(({ account, roles }) =>
    roles.map((role) => ({
      account: account.name,
      accountId: account.id,
      role,
      roleArn: iamArn(
        config.organisation.partition,
        account.id,
        `role/${role.name}`,
      ),
    })),
  );
