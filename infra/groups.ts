import { grantedRoles } from "./assignments";
import type { BastionConfig, Grant, TeamFacts } from "./config";
import {
  assumeRolePolicies,
  type AssumeRolePolicies,
} from "./documents/assume-role";
import { consoleOnlyPolicy } from "./documents/console-only";
import { denyMostWithoutMfa, mfaGuardPolicy } from "./documents/mfa-guard";
import {
  documentText,
  policyDocument,
  type PolicyDocument,
} from "./documents/policy-document";
import { quotas } from "./documents/quotas";
import {
  checkRoomForRevoked,
  revokedUserSessions,
  roomForRevoked,
} from "./documents/revoked-sessions";
import {
  selfServicePolicy,
  sessionTokenStatement,
} from "./documents/self-service";
import {
  consoleOnlyGroup,
  everybodysGroup,
  groupPolicies,
  revokedSessions,
  teamGroup,
} from "./names";

/** A group of the bastion: who is in it, and what it says. */
export interface GroupPlan {
  readonly name: string;
  readonly members: readonly string[];
  readonly inlinePolicies: Readonly<Record<string, PolicyDocument>>;
  /** Permissions to take roles that are too long for the group itself. */
  readonly managedPolicies: readonly PolicyDocument[];
  /** Names of groups that deny something: whoever is in this one is in them before. */
  readonly joinedAfter: readonly string[];
}

/**
 * Which groups the bastion has. No permission stands anywhere else: not on a user, and in a team's
 * group nothing but `sts:AssumeRole`.
 *
 * @throws ConfigError when a group's roles exceed IAM's quotas (see `assumeRolePolicies`).
 */
export function planGroups(config: BastionConfig): readonly GroupPlan[] {
  const { users, teams } = config;
  const consoleOnly: GroupPlan = {
    name: consoleOnlyGroup,
    members: namesOf(users.filter((user) => !user.programmaticAccess)),
    inlinePolicies: { [groupPolicies.consoleOnly]: consoleOnlyPolicy() },
    managedPolicies: [],
    joinedAfter: [],
  };
  const denials = consoleOnly.members.length === 0 ? [] : [consoleOnly];
  const everybody = planEverybody(config, namesOf(denials));
  const joinedAfter = namesOf([...denials, everybody]);
  const groups = [
    everybody,
    ...denials,
    ...teams.map((team) => planTeam(config, team, joinedAfter)),
  ];
  for (const { name, inlinePolicies } of groups) {
    checkRoomForRevoked(
      `group ${name}`,
      Object.values(inlinePolicies).map(documentText),
      quotas.groupInlineCharacters,
    );
  }
  return groups;
}

/** Its own denials stand beside the roles: a user may leave the group of all users before this one. */
function planTeam(
  config: BastionConfig,
  { name, grants }: TeamFacts,
  joinedAfter: readonly string[],
): GroupPlan {
  const { inline, managed } = rolePolicies(
    `teams.${name}.grants`,
    config,
    grants,
    quotas.groupInlineCharacters -
      documentText(policyDocument(denyMostWithoutMfa)).length -
      roomForClosing(config),
  );
  return {
    name: teamGroup(name),
    members: namesOf(config.users.filter((user) => user.teams.includes(name))),
    inlinePolicies: {
      [groupPolicies.teamRoles]: policyDocument(denyMostWithoutMfa, ...inline),
      ...closingPolicy(config),
    },
    managedPolicies: managed,
    joinedAfter,
  };
}

/** What closes the sessions of users, in each group that gives something. */
const closingPolicy = ({
  organisation: { revokedSessions: revoked },
}: BastionConfig): GroupPlan["inlinePolicies"] =>
  revoked.length === 0
    ? {}
    : { [revokedSessions]: revokedUserSessions(revoked) };

/** Kept free as long as nobody's are revoked: then there is no time to make room. */
const roomForClosing = (config: BastionConfig): number =>
  Math.max(
    roomForRevoked,
    ...Object.values(closingPolicy(config)).map(
      (document) => documentText(document).length,
    ),
  );

const namesOf = (
  all: readonly { readonly name: string }[],
): readonly string[] => all.map(({ name }) => name);

function planEverybody(
  config: BastionConfig,
  joinedAfter: readonly string[],
): GroupPlan {
  const { organisation, accountId, users, everybody, selfService } = config;
  const own = {
    [groupPolicies.selfService]: selfServicePolicy(
      organisation.partition,
      accountId,
      selfService,
    ),
    [groupPolicies.mfaGuard]: mfaGuardPolicy(selfService),
  };
  const taken = [...Object.values(own), policyDocument(sessionTokenStatement)]
    .map((document) => documentText(document).length)
    .reduce((sum, characters) => sum + characters, roomForClosing(config));
  const { inline, managed } = rolePolicies(
    "everybody",
    config,
    everybody,
    quotas.groupInlineCharacters - taken,
  );
  return {
    name: everybodysGroup,
    members: namesOf(users),
    inlinePolicies: {
      [groupPolicies.sessionAndRoles]: policyDocument(
        sessionTokenStatement,
        ...inline,
      ),
      ...own,
      ...closingPolicy(config),
    },
    managedPolicies: managed,
    joinedAfter,
  };
}

/** @param path where the grants stand in the config */
const rolePolicies = (
  path: string,
  config: BastionConfig,
  grants: readonly Grant[],
  inlineCharacters: number,
): AssumeRolePolicies =>
  assumeRolePolicies(
    path,
    config.organisation.partition,
    grantedRoles(config, grants),
    inlineCharacters,
  );
