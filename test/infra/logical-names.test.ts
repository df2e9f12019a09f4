import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfigError } from "../../infra/config";
import {
  alarmComponent,
  alarmResources,
  bastionComponent,
  bastionResources,
  formerBastionResources as former,
  roleResources,
} from "../../infra/logical-names";
import {
  consoleOnlyGroup,
  everybodysGroup,
  groupPolicies,
  teamGroup,
} from "../../infra/names";
import { runs } from "../run/property-tests";
import { workloadConfig } from "./config-of";

/** Names of few words, so that joined ones often come out equal. */
const words = (...parts: readonly string[]) =>
  fc
    .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 })
    .map((chosen) => chosen.join("-"));

const groups = fc.oneof(
  fc.constantFrom(everybodysGroup, consoleOnlyGroup),
  words("bastion", "team", "users", "roles", "1").map(teamGroup),
);
const users = words("bastion", "user", "ada", "team", "roles");
const policies = fc.constantFrom(...Object.values(groupPolicies));

describe("the bastion's logical names", () => {
  const names = bastionResources(bastionComponent);
  const differ = <T>(
    what: fc.Arbitrary<T>,
    nameOf: (of: T) => string,
    formerOf: (of: T) => string,
  ): void => {
    fc.assert(
      fc.property(what, what, (one, other) => {
        assert.notEqual(nameOf(one), formerOf(other));
        if (JSON.stringify(one) === JSON.stringify(other)) return;
        assert.notEqual(nameOf(one), nameOf(other));
      }),
      { numRuns: runs(1_000) },
    );
  };

  it("differ between users, and none is what another user was called formerly", () => {
    differ(users, names.user, former.user);
  });

  it("differ between groups, and none is what another group was called formerly", () => {
    differ(groups, names.group, former.group);
  });

  it("differ between policies of groups, and none is what another was called formerly", () => {
    differ(
      fc.tuple(groups, policies),
      ([group, policy]) => names.groupPolicy(group, policy),
      ([group, policy]) => former.groupPolicy(group, policy),
    );
    differ(
      fc.tuple(groups, fc.integer({ min: 1, max: 10 })),
      ([group, number]) => names.groupRolesPolicy(group, number),
      ([group, number]) => former.groupRolesPolicy(group, number),
    );
  });
});

describe("a workload stack's logical names", () => {
  const word = words("a", "b");
  const organisations = fc.record({
    accounts: fc.uniqueArray(word, { minLength: 2, maxLength: 3 }),
    roles: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }),
    policies: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }),
    emails: fc.uniqueArray(
      words("a", "eu-west-1").map((name) => `${name}@b.org`),
      { maxLength: 2 },
    ),
  });

  it("differ in every config that is accepted; others are refused for their names", () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(organisations, ({ accounts, roles, policies, emails }) => {
        const regions = ["eu-west-1", "us-east-1"];
        const config = {
          bastionAccountId: "111111111111",
          accounts: Object.fromEntries(
            accounts.map((name, index) => [
              name,
              { id: String(500_000_000_000 + index) },
            ]),
          ),
          roles: Object.fromEntries(
            roles.map((name) => [name, { managedPolicies: policies }]),
          ),
          unlistedPolicies: policies,
          breakGlassAlarm: { enabled: true, emails, regions },
        };
        try {
          workloadConfig(JSON.stringify(config));
        } catch (error) {
          assert.ok(error instanceof ConfigError);
          for (const problem of error.problems) {
            assert.match(problem.expected, /joined by -/);
          }
          refused += 1;
          return;
        }
        accepted += 1;
        const roleNames = accounts.flatMap((account) =>
          roles.map((role) => roleResources(account).role(role)),
        );
        const attachments = accounts.flatMap((account) =>
          roles.flatMap((role) =>
            policies.map((one) => roleResources(account).rolePolicy(role, one)),
          ),
        );
        const alarms = accounts.flatMap((account) =>
          regions.map((region) => alarmComponent(account, region)),
        );
        const subscriptions = alarms.flatMap((alarm) =>
          emails.map((email) => alarmResources(alarm).subscription(email)),
        );
        for (const all of [roleNames, attachments, alarms, subscriptions]) {
          assert.equal(new Set(all).size, all.length, all.join(" "));
        }
      }),
      { numRuns: runs(100) },
    );
    assert.ok(accepted > 0 && refused > 0, `${accepted}, ${refused}`);
  });
});
