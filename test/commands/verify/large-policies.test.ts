import assert from "node:assert/strict";
import { checkRoles } from "../../../commands/verify/checks/roles";
import { storedPolicies } from "../../../sandbox/aws/iam/aws-managed/file";
import { committedExpectation, prodId } from "./accounts";
import { attached, deployedBut } from "./as-deployed";

const arnOf = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const granted = ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"];
const texts = storedPolicies()
  .filter(({ name }) => [...granted, "ReadOnlyAccess"].includes(name))
  .map(({ name, document }) => [arnOf(name), document] as const);

/** AWS's own policies at their full length: ReadOnlyAccess has thousands of actions. */
describe("verify compares roles with AWS's long policies", () => {
  const expected = committedExpectation();
  for (const more of granted) {
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
