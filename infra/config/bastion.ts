import type { z } from "zod";
import { quotas } from "../documents/quotas";
import type { BastionConfig, Grant, TeamFacts, UserFacts } from "./model";
import { checkNames } from "./names";
import { reportUnknownNames, type OrganisationReading } from "./organisation";
import { readPipeline } from "./pipeline";
import type { ConfigReader } from "./reader";
import * as schema from "./schema";

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
  const everybody = reader.structure("everybody", schema.grants) ?? [];
  const teams = reader.entries("teams", () => schema.team);
  const users = reader.entries("users", () => schema.user);
  const pipeline = readPipeline(reader, reading.roleNames);

  if (
    bastionAccountId === undefined &&
    !hasProblem(reader, "bastionAccountId")
  ) {
    reader.report(
      "bastionAccountId",
      "nothing",
      "the id of the bastion account, 12 digits in quotes",
    );
  }
  checkGrants(reader, "everybody", everybody, reading);
  for (const [name, { grants }] of teams.valid) {
    checkGrants(reader, `teams.${name}.grants`, grants, reading);
  }
  checkNames(reader, "teams", teams.names, {
    pattern: schema.teamName,
    expected: schema.teamNameExpected,
  });
  checkNames(reader, "users", users.names, {
    pattern: schema.userName,
    expected: schema.userNameExpected,
  });

  const userFacts = [...users.valid].map(([name, user]) => factsOf(name, user));
  for (const user of userFacts) checkUser(reader, user, teams.names);

  if (bastionAccountId === undefined) return undefined;
  return {
    stack: "bastion",
    organisation,
    accountId: bastionAccountId,
    accountAlias,
    users: userFacts,
    teams: [...teams.valid].map(([name, { grants }]): TeamFacts => ({
      name,
      grants,
    })),
    everybody,
    passwordPolicy: passwordPolicy ?? schema.passwordPolicy.parse({}),
    pipeline,
  };
}

const factsOf = (
  name: string,
  user: z.infer<typeof schema.user>,
): UserFacts => ({
  name,
  teams: user.teams ?? [],
  consoleAccess: user.consoleAccess ?? true,
  programmaticAccess: user.programmaticAccess ?? true,
  tags: user.tags ?? {},
  pgpKey: user.pgpKey?.replace(/\s/g, ""),
});

const hasProblem = (reader: ConfigReader, path: string): boolean =>
  reader.problems.some((problem) => problem.path === path);

function checkGrants(
  reader: ConfigReader,
  path: string,
  grants: readonly Grant[],
  { organisation, accountNames, roleNames }: OrganisationReading,
): void {
  grants.forEach((grant, index) => {
    const at = `${path}[${index}]`;
    const named = grant.accounts;
    if (named !== "all") {
      reportUnknownNames(
        reader,
        `${at}.accounts`,
        named,
        accountNames,
        "an account",
      );
    }
    reportUnknownNames(reader, `${at}.roles`, grant.roles, roleNames, "a role");
    const accounts = organisation.accounts.filter(
      ({ name }) => named === "all" || named.includes(name),
    );
    grant.roles.forEach((role, at2) => {
      if (!roleNames.includes(role)) return;
      const without = accounts.filter(({ roles }) => !roles.includes(role));
      if (accounts.length > 0 && without.length === accounts.length) {
        reader.report(
          `${at}.roles[${at2}]`,
          `${JSON.stringify(role)}, which none of these accounts has: ${nameList(accounts)}`,
          "a role that the accounts of the grant have (see accounts.<name>.roles)",
        );
      } else if (named !== "all" && without.length > 0) {
        reader.report(
          `${at}.roles[${at2}]`,
          `${JSON.stringify(role)}, which is not in: ${nameList(without)}`,
          "a role that every account named in the grant has",
        );
      }
    });
  });
}

const nameList = (accounts: readonly { readonly name: string }[]): string =>
  accounts.map(({ name }) => name).join(", ");

function checkUser(
  reader: ConfigReader,
  user: UserFacts,
  teams: readonly string[],
): void {
  const path = `users.${user.name}`;
  const most = quotas.groupsPerUser - groupsOfTheBastion;
  reportUnknownNames(reader, `${path}.teams`, user.teams, teams, "a team");
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
