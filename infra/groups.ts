import { grantedRoles } from "./assignments";
import type { BastionConfig, Grant, UserFacts } from "./config";
import {
  assumeRolePolicies,
  type AssumeRolePolicies,
} from "./documents/assume-role";
import { consoleOnlyPolicy } from "./documents/console-only";
import { mfaGuardPolicy } from "./documents/mfa-guard";
import {
  documentText,
  policyDocument,
  type PolicyDocument,
} from "./documents/policy-document";
import { quotas } from "./documents/quotas";
import {
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
  };
  return [
    planEverybody(config),
    ...(consoleOnly.members.length === 0 ? [] : [consoleOnly]),
    ...teams.map(({ name, grants }): GroupPlan => {
      const path = `teams.${name}.grants`;
      const { groupInlineCharacters: most } = quotas;
      const { inline, managed } = rolePolicies(path, config, grants, most);
      return {
        name: teamGroup(name),
        members: namesOf(users.filter((user) => user.teams.includes(name))),
        inlinePolicies:
          inline.length === 0
            ? {}
            : { [groupPolicies.teamRoles]: policyDocument(...inline) },
        managedPolicies: managed,
      };
    }),
  ];
}

const namesOf = (users: readonly UserFacts[]): readonly string[] =>
  users.map(({ name }) => name);

function planEverybody(config: BastionConfig): GroupPlan {
  const { organisation, accountId, users, everybody, selfService } = config;
  const own = {
    [groupPolicies.selfService]: selfServicePolicy(
      organisation.partition,
      accountId,
      selfService,
    ),
    [groupPolicies.mfaGuard]: mfaGuardPolicy(selfService),
  };
  const { revokedSessions: revoked } = organisation;
  const closing = revokedUserSessions(revoked);
  const taken = [...Object.values(own), policyDocument(sessionTokenStatement)]
    .map((document) => documentText(document).length)
    .reduce(
      (sum, characters) => sum + characters,
      // Kept free as long as nobody's are revoked: then there is no time to make room.
      Math.max(roomForRevoked, documentText(closing).length),
    );
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
      ...(revoked.length > 0 && { [revokedSessions]: closing }),
    },
    managedPolicies: managed,
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
