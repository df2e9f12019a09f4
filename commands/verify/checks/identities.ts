import { awsCallers } from "../../../policy-pack/decide/callers";
import { speaksOf } from "../../../policy-pack/decide/principal";
import { trustOf, unlessUnreadable } from "../../accounts/documents";
import type { LiveRole } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { bastionOf, isDeploymentRole, ownRoles } from "../assignments";
import { rolesIn } from "../expected";
import type { Facts } from "../facts";
import { finding, type Findings } from "../findings";
import { toDelete } from "../power/remedies";
import { deleteUser, inAccount } from "../remedies";

/** Users and roles that are missing, or more than the config knows. */
export function* checkIdentities(facts: Facts): Findings {
  yield* usersInBastion(facts);
  for (const account of facts.organisation.accounts) {
    if (account.id !== facts.expected.bastion.id) {
      yield* usersOutside(account);
    }
    yield* rolesByName(facts, account);
  }
}

function* usersInBastion({ organisation, expected }: Facts): Findings {
  const bastion = bastionOf(organisation, expected);
  if (bastion === undefined) return;
  const { users, partition } = bastion.live;
  const found = new Set(users.map(({ name }) => name));
  const meant = new Set(expected.users.map(({ name }) => name));
  for (const name of meant) {
    if (found.has(name)) continue;
    const arn = `arn:${partition}:iam::${bastion.id}:user/${name}`;
    const message = `${name} is in the config, and not in the account`;
    yield finding("user-missing", bastion, arn, message);
  }
  for (const user of users) {
    const { name, arn } = user;
    if (meant.has(name)) continue;
    const message = `${name} is in the account, and not in the config`;
    const remedy = `add ${name} to the stack file (npm run adopt); or ${inAccount(bastion, deleteUser(user))}`;
    yield finding("user-not-in-config", bastion, arn, message, remedy);
  }
}

function* usersOutside(account: NamedAccount): Findings {
  for (const user of account.live.users) {
    const { name, arn } = user;
    const message = `${name} is a user of ${account.name}, which is a workload account`;
    const remedy = `move a person into the bastion, and what runs there to a role; then ${inAccount(account, deleteUser(user))}`;
    yield finding("user-outside-the-bastion", account, arn, message, remedy);
  }
}

/** Missing roles; and those that speak of the bastion's identities, and that the config does not know. */
function* rolesByName({ expected }: Facts, account: NamedAccount): Findings {
  const { roles, partition } = account.live;
  const found = new Set(roles.map(({ name }) => name));
  const meant = new Set(rolesIn(expected, account).map(({ name }) => name));
  for (const name of meant) {
    if (found.has(name)) continue;
    const arn = `arn:${partition}:iam::${account.id}:role/${name}`;
    const message = `${name} is in the config, and not in ${account.name}`;
    yield finding("role-missing", account, arn, message);
  }
  for (const role of ownRoles(account)) {
    if (
      meant.has(role.name) ||
      isDeploymentRole(expected, role) ||
      !speaksOfAccount(role, expected.bastion.id)
    ) {
      continue;
    }
    const message = `${role.name} in ${account.name} trusts the bastion, and is not in the config`;
    const remedy = toDelete(role, account);
    yield finding("role-not-in-config", account, role.arn, message, remedy);
  }
}

/** One that can't be read may speak of anybody. */
function speaksOfAccount(role: LiveRole, id: string): boolean {
  const trust = unlessUnreadable(() => trustOf(role));
  if (typeof trust === "string") return true;
  const allows = trust.statements.filter(({ effect }) => effect === "Allow");
  return awsCallers(trust, [])
    .filter(({ caller }) => "account" in caller && caller.account === id)
    .some(({ caller }) => allows.some((one) => speaksOf(one, caller)));
}
