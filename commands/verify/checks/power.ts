import { isAdministrator } from "../../../policy-pack/decide/powers";
import { permissionsOf } from "../../../policy-pack/identities/permissions";
import { accountIn } from "../../accounts/arn";
import { groupIdentity, userIdentity } from "../../accounts/identity";
import type { LiveIdentity, LiveUser } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { nearest } from "../../command-line/names";
import type { GivenFacts } from "../facts";
import type { FindingKind } from "../finding-kinds";
import { finding, type Findings } from "../findings";
import { identityProvidersOf } from "../identity-providers";
import type { RoleHere } from "../power/alike";
import { Gains } from "../power/gains";
import { ownPower, type OwnPower } from "../power/own-power";
import { toDelete, toTrustOthers } from "../power/remedies";
import { Roles } from "../power/roles";
import { isProvidedFor, originOf } from "../power/origin";
import { Takers } from "../power/takers";
import { deleteRole, inAccount } from "../remedies";
import { WhoTakes } from "../power/who-takes";
import { checkGain } from "./gain";

/** Identities that the config does not know, and that have power; and whoever gets to such a role. */
export function* checkPower(facts: GivenFacts): Findings {
  const { organisation, expected } = facts;
  const roles = new Roles(organisation.accounts);
  const who = new WhoTakes(expected.bastion.id, identityProvidersOf(facts));
  const takers = new Takers(facts, roles, who);
  const gains = new Gains();
  for (const account of organisation.accounts) {
    for (const here of roles.of(account)) {
      yield* checkRole(facts, here, roles.power(here), takers);
      if (roles.power(here).kind === "none") {
        yield* checkGain(facts, here, takers, gains);
      }
    }
    yield* checkGroups(facts, account);
    yield* checkUsers(facts, account);
    yield* missing(facts, account, roles);
  }
}

/** A role that is said to be known hides nothing as long as it is not there. */
function* missing(
  { settings }: GivenFacts,
  account: NamedAccount,
  roles: Roles,
): Findings {
  for (const arn of settings.knownRoles) {
    if (accountIn(arn) !== account.id || roles.at(arn) !== undefined) continue;
    const others = account.live.roles.map((role) => role.arn);
    const message = `--known-role ${arn} names no role of ${account.name}${nearest(arn, others)}`;
    yield finding("exemption-unused", account, arn, message);
  }
}

const kinds = {
  administrator: "unknown-administrator",
  "power over IAM": "unknown-iam-power",
  undecided: "power-undecided",
} as const satisfies Readonly<Record<string, FindingKind>>;

/** By which an identity that the config does not know is told, with what it may do. */
export const powerKinds: readonly FindingKind[] = Object.values(kinds);

function* checkRole(
  facts: GivenFacts,
  here: RoleHere,
  power: OwnPower,
  takers: Takers,
): Findings {
  const { account, role } = here;
  const origin = originOf(facts, here);
  if (power.kind === "none" || origin === "of the config") return;
  const what = `${role.name} in ${account.name} ${power.words}`;
  const say = (kind: FindingKind, message: string, remedy?: string) =>
    finding(kind, account, role.arn, message, remedy);
  if (origin === "unknown") {
    const words = `${what}. ${takers.all(here)}`;
    yield say(kinds[power.kind], words, toDelete(role, account));
    return;
  }
  const others = takers.others(here, (one) =>
    isProvidedFor(origin, one, facts, here),
  );
  if (others !== undefined) {
    yield say(
      power.kind === "undecided" ? kinds.undecided : "leads-to-administrator",
      `${what}. ${others}`,
      toTrustOthers(role, account),
    );
    return;
  }
  if (power.kind === "undecided") return;
  if (origin === "of Identity Center") {
    const where = "who has it is assigned there, and was not read";
    yield say(
      "administrator-of-aws",
      `${what}. Identity Center made it: ${where}`,
      "nothing, when it is in use: see there who has it. Otherwise take its permission set off the account there, and Identity Center deletes the role.",
    );
  } else if (origin === "for the management account") {
    const remedy = `nothing, when its service is in use: see there who has it. Otherwise ${inAccount(account, deleteRole(role))}`;
    yield say("administrator-of-aws", `${what}. ${takers.all(here)}`, remedy);
  }
}

/** What a group gives is found at the group, once, and not at each of its members. */
function* checkGroups(
  { expected }: GivenFacts,
  account: NamedAccount,
): Findings {
  const { live, id } = account;
  for (const group of live.groups) {
    const isKnown =
      id === expected.bastion.id &&
      expected.groups.some(({ name }) => name === group.name);
    const power = isKnown ? none : ownPower(groupIdentity(live, group));
    const members = live.users
      .filter(({ groups }) => groups.includes(group.name))
      .map(({ name }) => name);
    yield* ofPeople(
      account,
      group,
      power,
      `whoever is in the group ${group.name} of ${account.name}`,
      `Its members: ${members.join(", ") || "nobody"}`,
    );
  }
}

function* checkUsers(
  { expected }: GivenFacts,
  account: NamedAccount,
): Findings {
  for (const user of account.live.users) {
    const holds = [...user.inlinePolicies, ...user.attachedPolicies];
    if (holds.length === 0) continue;
    const identity = userIdentity(account.live, user);
    const power = ownPower(identity);
    // Of people in the bastion that is said already, whoever gives it.
    const isSaid =
      account.id === expected.bastion.id &&
      power.kind === "administrator" &&
      isAdministrator(permissionsOf(identity)).answer === "open";
    if (isSaid) continue;
    yield* ofPeople(
      account,
      user,
      power,
      `${user.name}, a user of ${account.name},`,
      `Who has it: ${meansOf(user)}`,
    );
  }
}

function meansOf({ hasPassword, accessKeys }: LiveUser): string {
  const keys = accessKeys.filter(({ isActive }) => isActive);
  const means = [
    ...(hasPassword ? ["the password"] : []),
    ...keys.map(({ id }) => `the key ${id}`),
  ];
  return means.length === 0
    ? "nobody, as long as it has neither a password nor an active key"
    : `whoever has ${means.join(" or ")}`;
}

const none: OwnPower = { kind: "none" };

function* ofPeople(
  account: NamedAccount,
  identity: LiveIdentity,
  power: OwnPower,
  who: string,
  takers: string,
): Findings {
  if (power.kind === "none") return;
  const remedy = toDelete(identity, account);
  const message = `${who} ${power.words}. ${takers}`;
  yield finding(kinds[power.kind], account, identity.arn, message, remedy);
}
