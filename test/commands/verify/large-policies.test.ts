import assert from "node:assert/strict";
import { checkRoles } from "../../../commands/verify/checks/roles";
import policies from "../../../sandbox/aws/iam/aws-managed/policies.json";
import { committedExpectation, prodId } from "./accounts";
import { attached, deployedBut } from "./as-deployed";

const arnOf = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const texts = Object.entries(policies).map(
  ([name, { document }]) => [arnOf(name), JSON.stringify(document)] as const,
);

/** AWS's own policies at their full length: ReadOnlyAccess has thousands of actions. */
describe("verify compares roles with AWS's long policies", () => {
  const expected = committedExpectation();
  for (const more of [
    "AdministratorAccess",
    "PowerUserAccess",
    "IAMFullAccess",
  ]) {
    it(`and says what they may do more by ${more}`, () => {
      const organisation = deployedBut(expected, (live) => ({
        ...live,
        managedPolicies: new Map([...live.managedPolicies, ...texts]),
        roles: live.roles.map((role) =>
          live.accountId === prodId && role.name === "ReadOnly"
            ? {
                ...role,
                attachedPolicies: [
                  ...role.attachedPolicies,
                  attached(arnOf(more)),
                ],
              }
            : role,
        ),
      }));
      const found = [...checkRoles({ organisation, expected })];
      assert.deepEqual(
        found.map(({ rule }) => rule),
        ["role-allows-more"],
      );
    });
  }
});
