import { awsCallers } from "../../../policy-pack/decide/callers";
import { speaksOf } from "../../../policy-pack/decide/principal";
import { trustOf, UnreadableDocument } from "../../accounts/documents";
import type { LiveRole } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { bastionOf, isDeploymentRole, ownRoles } from "../assignments";
import type { Facts } from "../facts";
import { finding, type AccountFinding } from "../findings";

/** Users and roles that are missing, or more than the config knows. */
export const checkIdentities = (facts: Facts): readonly AccountFinding[] => [
  ...checkUsers(facts),
  ...checkUsersOutside(facts),
  ...facts.organisation.accounts.flatMap((account) => [
    ...missingRoles(facts, account),
    ...strangeRoles(facts, account),
  ]),
];

function checkUsers({
  organisation,
  expected,
}: Facts): readonly AccountFinding[] {
  const bastion = bastionOf(organisation, expected);
  if (bastion === undefined) return [];
  const { users, partition } = bastion.live;
  const found = new Set(users.map(({ name }) => name));
  const known = new Set(expected.users.map(({ name }) => name));
  return [
    ...[...known]
      .filter((name) => !found.has(name))
      .map((name) =>
        finding(
          "user-missing",
          bastion,
          `arn:${partition}:iam::${bastion.id}:user/${name}`,
          `${name} is in the config, and not in the account`,
        ),
      ),
    ...users
      .filter(({ name }) => !known.has(name))
      .map(({ name, arn }) =>
        finding(
          "user-not-in-config",
          bastion,
          arn,
          `${name} is in the account, and not in the config`,
        ),
      ),
  ];
}

const checkUsersOutside = ({
  organisation,
  expected,
}: Facts): readonly AccountFinding[] =>
  organisation.accounts
    .filter(({ id }) => id !== expected.bastion.id)
    .flatMap((account) =>
      account.live.users.map(({ name, arn }) =>
        finding(
          "user-outside-the-bastion",
          account,
          arn,
          `${name} is a user of ${account.name}, which is a workload account`,
        ),
      ),
    );

const rolesInConfig = (
  { expected }: Facts,
  account: NamedAccount,
): ReadonlySet<string> =>
  new Set(
    expected.accounts
      .filter(({ id }) => id === account.id)
      .flatMap(({ roles }) => roles.map(({ name }) => name)),
  );

function missingRoles(
  facts: Facts,
  account: NamedAccount,
): readonly AccountFinding[] {
  const found = new Set(account.live.roles.map(({ name }) => name));
  return [...rolesInConfig(facts, account)]
    .filter((name) => !found.has(name))
    .map((name) =>
      finding(
        "role-missing",
        account,
        `arn:${account.live.partition}:iam::${account.id}:role/${name}`,
        `${name} is in the config, and not in ${account.name}`,
      ),
    );
}

/** Roles that speak of the bastion's identities, and that the config does not know. */
function strangeRoles(
  facts: Facts,
  account: NamedAccount,
): readonly AccountFinding[] {
  const known = rolesInConfig(facts, account);
  const { expected } = facts;
  return ownRoles(account)
    .filter(
      (role) => !known.has(role.name) && !isDeploymentRole(expected, role),
    )
    .filter((role) => speaksOfAccount(role, expected.bastion.id))
    .map(({ name, arn }) =>
      finding(
        "role-not-in-config",
        account,
        arn,
        `${name} in ${account.name} trusts the bastion, and is not in the config`,
      ),
    );
}

/** One that can't be read may speak of anybody. */
function speaksOfAccount(role: LiveRole, id: string): boolean {
  try {
    const trust = trustOf(role);
    const allows = trust.statements.filter(({ effect }) => effect === "Allow");
    return awsCallers(trust, [])
      .filter(({ caller }) => "account" in caller && caller.account === id)
      .some(({ caller }) => allows.some((one) => speaksOf(one, caller)));
  } catch (error) {
    if (error instanceof UnreadableDocument) return true;
    throw error;
  }
}
