import fc from "fast-check";
import type { BastionConfig } from "../../infra/config";
import { checkEveryAssignment } from "../access/every-assignment";
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

/** `fillers`: how many accounts there are beside those that are tried. */
const accountsWith = (fillers: number) => {
  const ids = new Map(Object.entries(accounts));
  for (let index = 0; index < fillers; index += 1) {
    ids.set(`filler-${index}`, String(500_000_000_000 + index));
  }
  return Object.fromEntries([...ids].map(([name, id]) => [name, { id }]));
};

const configOf = (random: RandomOrganisation, fillers: number): BastionConfig =>
  bastionConfig(
    JSON.stringify({
      bastionAccountId: "111111111111",
      accounts: accountsWith(fillers),
      roles: { Analyst: { managedPolicies: ["AmazonDynamoDBReadOnlyAccess"] } },
      ...random,
    }),
  );

async function checkPlan(random: RandomOrganisation, fillers: number) {
  const config = configOf(random, fillers);
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
