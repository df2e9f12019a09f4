import assert from "node:assert/strict";
import { checkRoles } from "../../../commands/verify/checks/roles";
import { committedExpectation, prodId } from "./accounts";
import { deployedBut } from "./as-deployed";
import { documentOf } from "./live-accounts";

const expected = committedExpectation();
const allow = (Action: string) => ({
  Effect: "Allow",
  Action,
  Resource: "*",
});

describe("verify looks at what a boundary of the config leaves of a role:", () => {
  const limit = `arn:aws:iam::${prodId}:policy/limit`;
  const bounded = {
    ...expected,
    accounts: expected.accounts.map((account) => ({
      ...account,
      roles: account.roles.map((role) =>
        account.id === prodId && role.name === "ReadOnly"
          ? { ...role, boundaryArn: limit }
          : role,
      ),
    })),
  };
  const within = (...statements: readonly object[]) =>
    [
      ...checkRoles({
        expected: bounded,
        organisation: deployedBut(bounded, (live) => ({
          ...live,
          managedPolicies: new Map([
            ...live.managedPolicies,
            [limit, documentOf(...statements)],
          ]),
        })),
      }),
    ].map(({ rule, message }) => [rule, message]);
  const closed = [
    [
      "boundary-closes-all",
      `ReadOnly in prod may do nothing of what its policies allow, within the boundary ${limit}`,
    ],
  ];

  it("all of it, or some", () => {
    assert.deepEqual(within(allow("*")), []);
    assert.deepEqual(within(allow("iam:Get*")), []);
  });

  it("nothing, by a Deny", () => {
    const deny = { ...allow("*"), Effect: "Deny" };
    assert.deepEqual(within(allow("*"), deny), closed);
    assert.deepEqual(within(deny), closed);
  });

  it("nothing, by allowing what the role may not do", () => {
    assert.deepEqual(within(allow("iam:CreateUser")), closed);
  });

  it("nothing is told of a role that may do nothing anyway", () => {
    const organisation = deployedBut(bounded, (live) => ({
      ...live,
      roles: live.roles.map((role) => ({ ...role, attachedPolicies: [] })),
      managedPolicies: new Map([
        ...live.managedPolicies,
        [limit, documentOf(allow("iam:CreateUser"))],
      ]),
    }));
    const rules = [...checkRoles({ expected: bounded, organisation })].map(
      ({ rule }) => rule,
    );
    assert.ok(!rules.includes("boundary-closes-all"), rules.join());
  });
});
