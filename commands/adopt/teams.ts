import type { BastionConfig, Grant, TeamFacts } from "../../infra/config";
import { longestTeamName } from "../../infra/config/schema";
import {
  accountGuard,
  consoleOnlyGroup,
  everybodysGroup,
  standardRoles,
  teamGroup,
  teamOfGroup,
} from "../../infra/names";
import type {
  LiveAccount,
  LiveGroup,
  LiveUser,
} from "../accounts/live-account";
import { isOwnGroup } from "./own-groups";
import { permissionsBesidePattern, permissionsThrough } from "./permissions";
import {
  atLeast,
  levelOf,
  levelWords,
  mayTouchIam,
  rolesNamedIn,
  type Level,
} from "./reach";

/** A team of the proposed config. */
export interface Team extends TeamFacts {
  /** Why it is as it is, for whoever reads the config. */
  readonly reason: string;
}

export interface Teams {
  readonly all: readonly Team[];
  /** By name of the user. */
  readonly of: ReadonlyMap<string, readonly string[]>;
}

const rolesFor: Readonly<Record<Level, readonly string[]>> = {
  nothing: [],
  some: [standardRoles.readOnly],
  services: [standardRoles.powerUser],
  everything: [standardRoles.powerUser, standardRoles.opsSudo],
};

/** A team for those whose own policies give more than their groups do. */
const teamForLevel: Readonly<Record<Level, string>> = {
  nothing: "",
  some: "readers",
  services: "power-users",
  everything: "administrators",
};

/**
 * A team for each group that permits something and has members, and one for each kind of user whose
 * own policies give more than that. A team's name is its group's.
 *
 * @param now grants that have ended by then are none
 */
export function deriveTeams(
  account: LiveAccount,
  users: readonly LiveUser[],
  config: BastionConfig,
  now: Date,
): Teams {
  const teams = new Map<string, Team>();
  const ofGroup = new Map<string, string>();
  const levelsOfGroups = new Map<string, Level>();
  for (const group of account.groups) {
    if (isOwnGroup(group) || !hasMember(users, group)) continue;
    const level = levelOf(permissionsThrough(account, group), now);
    const grants = grantsOf(account, group, level, config);
    levelsOfGroups.set(group.name, level);
    if (grants.length === 0) continue;
    const name = freeName(teams, teamOfGroup(group.name) ?? group.name, config);
    teams.set(name, {
      name,
      grants,
      reason: `The group ${group.name} permits ${levelWords[level]}.${iamNote(account, group, level)}`,
    });
    ofGroup.set(group.name, name);
  }
  const teamsOf = (user: LiveUser): readonly string[] => {
    const own = levelOf(permissionsBesidePattern(account, user), now);
    const isCovered = user.groups.some((group) =>
      atLeast(levelsOfGroups.get(group) ?? "nothing", own),
    );
    return [
      ...user.groups.flatMap((group) => ofGroup.get(group) ?? []),
      ...(isCovered || own === "nothing" ? [] : [ownTeam(teams, own, config)]),
    ];
  };
  const of = new Map(users.map((user) => [user.name, teamsOf(user)]));
  return { all: [...teams.values()], of };
}

/** PowerUser does not touch IAM: what a group may do there short of everything has no role. */
function iamNote(account: LiveAccount, group: LiveGroup, level: Level): string {
  return level !== "everything" &&
    mayTouchIam(permissionsThrough(account, group))
    ? " What it may do in IAM, or with iam:PassRole, no role here has: see passRolePath."
    : "";
}

const hasMember = (users: readonly LiveUser[], { name }: LiveGroup): boolean =>
  users.some(({ groups }) => groups.includes(name));

/**
 * IAM and the config hold names to be equal that differ in case alone. A team that the config has
 * under the very name is taken to be the same.
 */
function freeName(
  teams: ReadonlyMap<string, Team>,
  wanted: string,
  config: BastionConfig,
): string {
  const ofConfig = config.teams.map(({ name }) => name);
  const others = ofConfig.filter((one) => one !== wanted);
  const taken = new Set(
    [...teams.keys(), ...others].map((one) => one.toLowerCase()),
  );
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? "" : `-${number}`;
    const name = wanted.slice(0, longestTeamName - suffix.length) + suffix;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

function ownTeam(
  teams: Map<string, Team>,
  level: Level,
  config: BastionConfig,
): string {
  const roles = rolesFor[level];
  const known = [...teams.values()].find(
    ({ name, grants }) =>
      name === teamForLevel[level] &&
      grants.some(
        (grant) =>
          grant.accounts === "all" &&
          roles.every((role) => grant.roles.includes(role)),
      ),
  );
  if (known !== undefined) return known.name;
  const name = freeName(teams, teamForLevel[level], config);
  teams.set(name, {
    name,
    grants: [{ roles, accounts: "all" }],
    reason: `For users whose own policies, together with their groups', are more than any group's: ${levelWords[level]}.`,
  });
  return name;
}

function grantsOf(
  account: LiveAccount,
  group: LiveGroup,
  level: Level,
  config: BastionConfig,
): readonly Grant[] {
  const same = level === "some" ? sameRole(group, config) : undefined;
  const roles = same === undefined ? rolesFor[level] : [same];
  return [
    ...(roles.length === 0 ? [] : [{ roles, accounts: "all" as const }]),
    ...namedRoles(account, group, config),
  ];
}

/** A role of the config that holds just what the group does, but for the guard that each role has. */
function sameRole(
  group: LiveGroup,
  { organisation }: BastionConfig,
): string | undefined {
  if (group.inlinePolicies.length > 0) return undefined;
  const names = group.attachedPolicies.map(({ arn }) => policyName(arn));
  return [...organisation.roles.values()].find(
    ({ managedPolicies, inlinePolicies }) =>
      Object.keys(inlinePolicies).every((one) => one === accountGuard) &&
      managedPolicies.length === names.length &&
      managedPolicies.every((policy) => names.includes(policyName(policy))),
  )?.name;
}

/** AWS's own policies go by their names, all others by their ARNs. */
const policyName = (arn: string): string =>
  arn.replace(/^arn:[^:]+:iam::aws:policy\//, "");

/** Roles of the config's accounts that the group's policies name one by one. */
function namedRoles(
  account: LiveAccount,
  group: LiveGroup,
  { organisation }: BastionConfig,
): readonly Grant[] {
  const allows = permissionsThrough(account, group)
    .documents.flatMap(({ statements }) => statements)
    .filter(({ effect }) => effect === "Allow");
  return rolesNamedIn(allows).flatMap((arn) => {
    const [, , , , id, resource = ""] = arn.split(":");
    const role = resource.replace(/^role\//, "");
    const there = organisation.accounts.find((one) => one.id === id);
    return there !== undefined && organisation.roles.has(role)
      ? [{ roles: [role], accounts: [there.name] }]
      : [];
  });
}

/** The groups of the stack that the user would come into. */
export const newGroupsOf = (
  user: LiveUser,
  teams: readonly string[],
): readonly string[] => [
  ...teams.map(teamGroup),
  everybodysGroup,
  ...(mayUseKeys(user) ? [] : [consoleOnlyGroup]),
];

/** Users without a key keep to the console; users without a password have a key. */
export const mayUseKeys = ({ accessKeys, hasPassword }: LiveUser): boolean =>
  !hasPassword || accessKeys.some(({ isActive }) => isActive);
