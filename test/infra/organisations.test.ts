import fc from "fast-check";
import type { BastionConfig } from "../../infra/config";
import {
  checkEveryAssignment,
  checkNoChains,
} from "../access/every-assignment";
import { plannedRoles, plannedUsers } from "../access/planned";
import {
  isGranted,
  randomOrganisation,
  type RandomOrganisation,
} from "../access/random-organisation";
import { runs } from "../run/property-tests";
import { bastionConfig } from "./config-of";

const accounts: Readonly<Record<string, string>> = {
  dev: "222222222222",
  test: "022222222222",
  prod: "033333333333",
};

/** The bastion's own, where it is the only one. */
const bastionAccountId = "111111111111";

/** `fillers`: how many accounts there are beside those that are tried. */
const accountsWith = (fillers: number) => {
  const ids = new Map(Object.entries(accounts));
  for (let index = 0; index < fillers; index += 1) {
    ids.set(`filler-${index}`, String(500_000_000_000 + index));
  }
  return Object.fromEntries([...ids].map(([name, id]) => [name, { id }]));
};

const configOf = (
  random: RandomOrganisation,
  inAccounts: Readonly<Record<string, { readonly id: string }>>,
): BastionConfig =>
  bastionConfig(
    JSON.stringify({
      bastionAccountId,
      accounts: inAccounts,
      roles: { Analyst: { managedPolicies: ["AmazonDynamoDBReadOnlyAccess"] } },
      ...random,
    }),
  );

async function checkPlan(random: RandomOrganisation, fillers: number) {
  const config = configOf(random, accountsWith(fillers));
  const nameOf = (arn: string) =>
    Object.keys(accounts).find((name) =>
      arn.includes(`::${accounts[name] ?? ""}:`),
    );
  await checkEveryAssignment(
    plannedUsers(config),
    plannedRoles(config).filter(({ arn }) => nameOf(arn) !== undefined),
    (user, role) =>
      isGranted(random, user.name, nameOf(role.arn) ?? "", role.name),
  );
}

describe("any organisation", () => {
  const any = randomOrganisation(Object.keys(accounts));

  it("lets a user reach exactly the roles of their teams, with MFA, and OpsSudo with fresh MFA", async () => {
    await fc.assert(
      fc.asyncProperty(any, (random) => checkPlan(random, 0)),
      { numRuns: runs(12) },
    );
  });

  it("does so too with hundreds of accounts, when grants no longer fit the group", async () => {
    await fc.assert(
      fc.asyncProperty(any, (random) => checkPlan(random, 400)),
      { numRuns: runs(2) },
    );
  });
});

describe("any single account", () => {
  const any = randomOrganisation(["main"]);
  const single = { main: { id: bastionAccountId } };

  it("lets a user reach exactly the roles of their teams, with MFA, and OpsSudo with fresh MFA", async () => {
    await fc.assert(
      fc.asyncProperty(any, async (random) => {
        const config = configOf(random, single);
        await checkEveryAssignment(
          plannedUsers(config),
          plannedRoles(config),
          (user, role) => isGranted(random, user.name, "main", role.name),
        );
      }),
      { numRuns: runs(12) },
    );
  });

  it("lets no role into another, though it may take any", async () => {
    const roles = plannedRoles(configOf(someGrants, single));
    await checkNoChains(roles.map((role) => ({ ...role, documents: [all] })));
  });
});

const someGrants: RandomOrganisation = { everybody: [], teams: {}, users: {} };
const all = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};
