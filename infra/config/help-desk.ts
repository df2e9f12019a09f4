import { helpDeskPolicy } from "../documents/help-desk";
import { quotas } from "../documents/quotas";
import {
  auditorRole,
  consoleOnlyGroup,
  everybodysGroup,
  helpDeskHelps,
  helpDeskRole,
  helpedTag,
  standardRoles,
  teamGroup,
} from "../names";
import { administratorsPolicy } from "./administrators-documents";
import { grantsOf } from "./grants";
import type {
  BastionConfig,
  HelpDeskFacts,
  Organisation,
  RoleDefinition,
  TeamFacts,
  UserFacts,
} from "./model";
import type { OrganisationReading } from "./organisation";
import type { ConfigReader } from "./reader";
import { checkReservedNamesOnce } from "./reserved-names";
import { guarded } from "./role-policies";
import { checkRolesOfPeople } from "./roles-of-people";
import * as schema from "./schema";

interface People {
  /** Names, those of wrong entries included. */
  readonly teams: readonly string[];
  readonly users: ReadonlyMap<string, Pick<UserFacts, "tags">>;
}

/** Reads the help desk's key: left out, or empty, there is none. */
export function readHelpDesk(
  reader: ConfigReader,
  reading: OrganisationReading,
  people: People,
): HelpDeskFacts | undefined {
  const { organisation, roleNames, machineRoleNames } = reading;
  const read = reader.structure("helpDesk", schema.helpDesk);
  if (read === undefined || Object.keys(read).length === 0) return undefined;
  const { team, roles = harmlessRoles(organisation) } = read;
  const named = [...roleNames, ...machineRoleNames];
  checkReservedNamesOnce(reader, named, [helpDeskRole], "helpDesk");
  checkRoles(reader, roles, reading);
  checkTags(reader, organisation, people.users);
  reader.unknownName("helpDesk.team", team, people.teams, "a team");
  return team === undefined
    ? undefined
    : { team, roles, role: definition(read.mfaMaxAgeSeconds) };
}

/** Seconds, as OpsSudo's: it opens other people's users. */
const usualMfaAge = 3_600;

const definition = (mfaMaxAgeSeconds = usualMfaAge): RoleDefinition =>
  guarded({
    name: helpDeskRole,
    description: "Helps users who reach no administrator's role",
    managedPolicies: [],
    inlinePolicies: {
      [helpDeskHelps]: { kind: "built", build: helpDeskPolicy },
    },
    maxSessionSeconds: quotas.roleSession.least,
    mfaMaxAgeSeconds,
    requireTls: true,
  });

/**
 * Roles that lead to no other. What a further role of the config may do is not known here: config
 * names it.
 */
const harmlessRoles = ({ roles, auditor }: Organisation): readonly string[] => {
  const powerUser = roles.get(standardRoles.powerUser);
  const leadsOn =
    powerUser?.passRolePath !== undefined ||
    (powerUser?.assumableRoles ?? []).length > 0;
  return [
    standardRoles.readOnly,
    ...(leadsOn ? [] : [standardRoles.powerUser]),
    ...(auditor ? [auditorRole] : []),
  ];
};

function checkRoles(
  reader: ConfigReader,
  roles: readonly string[],
  reading: OrganisationReading,
): void {
  checkRolesOfPeople(reader, "helpDesk.roles", roles, reading);
  roles.forEach((name, index) => {
    const role = reading.organisation.roles.get(name);
    const policy = role && administratorsPolicy(role);
    if (policy === undefined) return;
    reader.report(
      `helpDesk.roles[${index}]`,
      `${name}, which is administrator by ${policy}`,
      "roles that are not: whoever helps a user can become that user",
    );
  });
}

/** The program alone says who is helped. */
function checkTags(
  reader: ConfigReader,
  { tags }: Organisation,
  users: People["users"],
): void {
  const everyones = [["tags", tags]] as const;
  const own = [...users].map(
    ([name, user]) => [`users.${name}.tags`, user.tags] as const,
  );
  for (const [path, given] of [...everyones, ...own]) {
    const key = Object.keys(given).find(isHelpedTag);
    if (key === undefined) continue;
    reader.report(
      `${path}.${key}`,
      `the tag ${key}, by which helpDesk tells whom it may help`,
      "tags of other names",
    );
  }
}

/** Who helps the user, where config says so; undefined: whoever administers the bastion. */
export const helpersOf = (
  { helpDesk }: BastionConfig,
  { tags }: UserFacts,
): HelpDeskFacts | undefined =>
  tags[helpedTag.key] === helpedTag.value ? helpDesk : undefined;

/** IAM tells the names of tags apart without regard to case. */
export const isHelpedTag = (key: string): boolean =>
  key.toLowerCase() === helpedTag.key;

type Helping = Pick<
  BastionConfig,
  "organisation" | "users" | "teams" | "everybody" | "keepPoliciesOf"
>;

/**
 * Gives the team its role, tags those whom it may help, and closes to them every role that is not for
 * them: whoever helps a user can become that user.
 */
export function withHelpDesk(
  config: Helping,
  helpDesk: HelpDeskFacts | undefined,
): Helping & Pick<BastionConfig, "helpDesk"> {
  if (helpDesk === undefined) return { ...config, helpDesk };
  const { organisation } = config;
  const roles = [...organisation.roles].map(([name, role]) => {
    const isClosedToHelped = !helpDesk.roles.includes(name);
    return [name, { ...role, isClosedToHelped }] as const;
  });
  return {
    ...config,
    helpDesk: {
      ...helpDesk,
      role: { ...helpDesk.role, isClosedToHelped: true },
    },
    organisation: { ...organisation, roles: new Map(roles) },
    users: config.users.map((user) =>
      isHelped(config, helpDesk, user)
        ? { ...user, tags: { ...user.tags, [helpedTag.key]: helpedTag.value } }
        : user,
    ),
    teams: config.teams.map((team) =>
      team.name === helpDesk.team ? withRole(team) : team,
    ),
  };
}

/** It stands in the bastion, and so in none of the accounts that a grant names. */
const withRole = (team: TeamFacts): TeamFacts => ({
  ...team,
  grants: [...team.grants, { roles: [helpDeskRole], accounts: [] }],
});

/**
 * Whoever does not sign in to the console gets a device from an administrator alone, and has no
 * password to be reset. Those who help are not helped by each other. And what a user keeps of other
 * policies nobody knows here: it may be an administrator's.
 */
const isHelped = (
  config: Helping,
  helpDesk: HelpDeskFacts,
  user: UserFacts,
): boolean =>
  user.consoleAccess &&
  !user.teams.includes(helpDesk.team) &&
  !keepsPolicies(config, user) &&
  grantsOf(config, user).every(({ roles }) =>
    roles.every((role) => helpDesk.roles.includes(role)),
  );

/** Of their own, or of a group that they are in. */
const keepsPolicies = (
  { keepPoliciesOf }: Helping,
  { name, teams, programmaticAccess }: UserFacts,
): boolean =>
  [
    name,
    everybodysGroup,
    ...(programmaticAccess ? [] : [consoleOnlyGroup]),
    ...teams.map(teamGroup),
  ].some((one) => keepPoliciesOf.includes(one));
