import assert from "node:assert/strict";
import fc from "fast-check";
import type { BastionConfig } from "../../infra/config";
import { assumeRole, type Mfa } from "../access/decide";
import { plannedRoles, plannedUsers } from "../access/planned";
import { bastionConfig } from "./config-of";

const roleNames = ["PowerUser", "OpsSudo", "ReadOnly", "Analyst"] as const;
const accountNames = ["dev", "test", "prod"] as const;
const teamNames = ["red", "green", "blue"] as const;
const userNames = ["ada", "bashir", "chen", "dolores"] as const;

const grant = fc.record({
  roles: fc.subarray([...roleNames], { minLength: 1 }),
  accounts: fc.oneof(
    fc.constant("all" as const),
    fc.subarray([...accountNames], { minLength: 1 }),
  ),
});

const organisation = fc.record({
  everybody: fc.array(grant, { maxLength: 1 }),
  teams: fc.record(
    Object.fromEntries(
      teamNames.map((name) => [
        name,
        fc.record({ grants: fc.array(grant, { maxLength: 2 }) }),
      ]),
    ),
  ),
  users: fc.record(
    Object.fromEntries(
      userNames.map((name) => [
        name,
        fc.record({
          teams: fc.subarray([...teamNames]),
          programmaticAccess: fc.boolean(),
        }),
      ]),
    ),
  ),
});

const configOf = (random: unknown, fillers: number): BastionConfig => {
  const fillerAccounts = Object.fromEntries(
    Array.from({ length: fillers }, (_, index) => [
      `filler-${index}`,
      { id: String(500_000_000_000 + index) },
    ]),
  );
  return bastionConfig(
    JSON.stringify({
      bastionAccountId: "111111111111",
      accounts: {
        dev: { id: "222222222222" },
        test: { id: "022222222222" },
        prod: { id: "033333333333" },
        ...fillerAccounts,
      },
      roles: { Analyst: { managedPolicies: ["AmazonDynamoDBReadOnlyAccess"] } },
      ...(random as object),
    }),
  );
};

/** What config says, read the plain way: the user's teams' grants, and everybody's. */
function shouldReach(
  config: BastionConfig,
  user: string,
  roleArn: string,
): boolean {
  const facts = config.users.find(({ name }) => name === user);
  const grants = [
    ...config.everybody,
    ...config.teams
      .filter(({ name }) => facts?.teams.includes(name))
      .flatMap((team) => team.grants),
  ];
  return grants.some(({ roles, accounts }) =>
    config.organisation.accounts.some(
      (account) =>
        (accounts === "all" || accounts.includes(account.name)) &&
        roles.some(
          (role) => roleArn === `arn:aws:iam::${account.id}:role/${role}`,
        ),
    ),
  );
}

const hour = 3_600;
const waysIn: readonly Mfa[] = [
  { kind: "no key" },
  { kind: "without" },
  { kind: "with", ageSeconds: hour - 1 },
  { kind: "with", ageSeconds: hour },
];

async function checkEveryDoor(config: BastionConfig): Promise<void> {
  const roles = plannedRoles(config).filter(({ arn }) => !arn.includes("::5"));
  for (const user of plannedUsers(config)) {
    for (const role of roles) {
      const granted = shouldReach(config, user.name, role.arn);
      for (const mfa of waysIn) {
        const fresh = mfa.kind === "with" && mfa.ageSeconds < hour;
        const expected =
          granted && mfa.kind === "with" && (fresh || role.name !== "OpsSudo");
        assert.equal(
          await assumeRole(user, role, { mfa }),
          expected,
          `${user.name} → ${role.arn}, ${JSON.stringify(mfa)}`,
        );
      }
    }
  }
}

describe("any organisation", () => {
  it("lets a user reach exactly the roles of their teams, with MFA, and OpsSudo with fresh MFA", async () => {
    await fc.assert(
      fc.asyncProperty(organisation, (random) =>
        checkEveryDoor(configOf(random, 0)),
      ),
      { numRuns: 25 },
    );
  });

  it("does so too with hundreds of accounts, when grants no longer fit the group", async () => {
    await fc.assert(
      fc.asyncProperty(organisation, (random) =>
        checkEveryDoor(configOf(random, 400)),
      ),
      { numRuns: 4 },
    );
  });
});
