import { quotas } from "../documents/quotas";
import { readBreakGlassAlarm } from "./break-glass-alarm";
import type {
  BastionConfig,
  Grant,
  RevokedFacts,
  TeamFacts,
  UserFacts,
} from "./model";
import type { OrganisationReading } from "./organisation";
import { readHelpDesk, withHelpDesk } from "./help-desk";
import type { ConfigReader } from "./reader";
import { consoleOnlyGroup, everybodysGroup, teamGroup } from "../names";
import { checkRolesOfPeople } from "./roles-of-people";
import * as schema from "./schema";
import { checkUsersTags } from "./tags";

/** The groups that a user may be in beside those of their teams: everybody's, and console-only. */
const groupsOfTheBastion = 2;

/** Reads the keys of the bastion stack. */
export function readBastion(
  reader: ConfigReader,
  reading: OrganisationReading,
): BastionConfig | undefined {
  const { organisation, bastionAccountId } = reading;
  const accountAlias = reader.text("accountAlias", schema.accountAlias);
  const passwordPolicy = reader.structure(
    "passwordPolicy",
    schema.passwordPolicy,
  );
  const selfService = reader.structure("selfService", schema.selfService);
  const everybody = reader.structure("everybody", schema.grants) ?? [];
  const read = {
    teams: reader.entries("teams", () => schema.team, schema.teamName),
    users: reader.entries("users", () => schema.user, schema.userName),
  };
  const keepPoliciesOf = readKeepPoliciesOf(reader, read);
  const helpDesk = readHelpDesk(reader, reading, {
    teams: read.teams.names,
    users: read.users.valid,
  });
  const breakGlassAlarm = readBreakGlassAlarm(
    reader,
    reading,
    organisation.accounts,
  );

  if (bastionAccountId === undefined && !reader.hasProblem("bastionAccount")) {
    reader.report(
      "bastionAccountId",
      "nothing",
      "the id of the bastion account, 12 digits in quotes",
    );
  }
  const teams = [...read.teams.valid].map(([name, { grants }]): TeamFacts => ({
    name,
    grants,
  }));
  checkAllGrants(reader, { everybody, teams }, reading);
  const users = [...read.users.valid].map(([name, user]): UserFacts => ({
    name,
    ...user,
  }));
  checkTeams(reader, read.teams.names);
  checkUsers(reader, users, read.teams.names, organisation);
  checkRevoked(reader, organisation.revokedSessions, read.users.names);

  if (bastionAccountId === undefined) return undefined;
  return {
    stack: "bastion",
    accountId: bastionAccountId,
    accountAlias,
    ...withHelpDesk(
      { organisation, users, teams, everybody, keepPoliciesOf },
      helpDesk,
    ),
    passwordPolicy: passwordPolicy ?? schema.passwordPolicy.parse({}),
    selfService: selfService ?? schema.selfService.parse({}),
    breakGlassAlarm,
  };
}

/** Names of users and groups, as IAM has them: whoever takes an account over reads them there. */
function readKeepPoliciesOf(
  reader: ConfigReader,
  read: Readonly<
    Record<"users" | "teams", { readonly names: readonly string[] }>
  >,
): readonly string[] {
  const key = "keepPoliciesOf";
  const names = reader.structure(key, schema.keepPoliciesOf) ?? [];
  const groups = [
    everybodysGroup,
    consoleOnlyGroup,
    ...read.teams.names.map(teamGroup),
  ];
  const what = "a user, or a group of the bastion";
  reader.unknownNames(key, names, [...read.users.names, ...groups], what);
  return names;
}

function checkAllGrants(
  reader: ConfigReader,
  { everybody, teams }: Pick<BastionConfig, "everybody" | "teams">,
  reading: OrganisationReading,
): void {
  checkGrants(reader, "everybody", everybody, reading);
  for (const { name, grants } of teams) {
    checkGrants(reader, `teams.${name}.grants`, grants, reading);
  }
}

function checkGrants(
  reader: ConfigReader,
  path: string,
  grants: readonly Grant[],
  reading: OrganisationReading,
): void {
  grants.forEach((grant, index) => {
    const at = `${path}[${index}]`;
    if (grant.accounts !== "all") {
      const { accountNames } = reading;
      const named = grant.accounts;
      reader.unknownNames(`${at}.accounts`, named, accountNames, "an account");
    }
    const { roleNames } = reading;
    checkRolesOfPeople(reader, `${at}.roles`, grant.roles, reading);
    grant.roles.forEach((role, number) => {
      if (!roleNames.includes(role)) return;
      checkRole(reader, `${at}.roles[${number}]`, role, grant, reading);
    });
  });
}

/** Whether the accounts of the grant have the role. */
function checkRole(
  reader: ConfigReader,
  path: string,
  role: string,
  { accounts: named }: Grant,
  { organisation }: OrganisationReading,
): void {
  const accounts = organisation.accounts.filter(
    ({ name }) => named === "all" || named.includes(name),
  );
  const without = accounts.filter(({ roles }) => !roles.includes(role));
  const list = without.map(({ name }) => name).join(", ");
  if (accounts.length > 0 && without.length === accounts.length) {
    reader.report(
      path,
      `${JSON.stringify(role)}, which none of these accounts has: ${list}`,
      "a role that the accounts of the grant have (see accounts.<name>.roles)",
    );
  } else if (named !== "all" && without.length > 0) {
    reader.report(
      path,
      `${JSON.stringify(role)}, which is not in: ${list}`,
      "a role that every account named in the grant has",
    );
  }
}

function checkUsers(
  reader: ConfigReader,
  users: readonly UserFacts[],
  teams: readonly string[],
  { tags }: OrganisationReading["organisation"],
): void {
  for (const user of users) {
    checkUser(reader, user, teams);
    checkUsersTags(reader, tags, user);
  }
}

function checkUser(
  reader: ConfigReader,
  user: UserFacts,
  teams: readonly string[],
): void {
  const path = `users.${user.name}`;
  const most = quotas.groupsPerUser - groupsOfTheBastion;
  reader.unknownNames(`${path}.teams`, user.teams, teams, "a team");
  if (user.teams.length > most) {
    reader.report(
      `${path}.teams`,
      `${user.teams.length} teams`,
      `at most ${most}: IAM lets a user be in ${quotas.groupsPerUser} groups, and ${groupsOfTheBastion} are the bastion's own`,
    );
  }
  if (!user.consoleAccess && !user.programmaticAccess) {
    reader.report(
      path,
      "neither consoleAccess nor programmaticAccess",
      "one of the two: the user can't sign in (to lock somebody out, remove the user)",
    );
  }
  if (user.pgpKey !== undefined && !user.consoleAccess) {
    reader.report(
      `${path}.pgpKey`,
      "a key for the first password of a user without consoleAccess",
      "no pgpKey, or consoleAccess: true",
    );
  }
}

function checkTeams(reader: ConfigReader, teams: readonly string[]): void {
  const most = quotas.groupsPerAccount - groupsOfTheBastion;
  if (teams.length <= most) return;
  reader.report(
    "teams",
    `${teams.length} teams`,
    `at most ${most}: IAM lets an account have ${quotas.groupsPerAccount} groups, and ${groupsOfTheBastion} are the bastion's own`,
  );
}

/** Who has left is no user any more. But sessions bear a user's name as it is, case included. */
function checkRevoked(
  reader: ConfigReader,
  revoked: readonly RevokedFacts[],
  users: readonly string[],
): void {
  for (const { user } of revoked) {
    if (users.includes(user)) continue;
    const twin = users.find((one) => one.toLowerCase() === user.toLowerCase());
    if (twin === undefined) continue;
    reader.reportTwin(
      `revokedSessions.${user}`,
      twin,
      `${twin}, as under users: AWS compares a session's name with its case`,
    );
  }
}
