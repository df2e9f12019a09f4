import assert from "node:assert/strict";
import type { LiveAccount } from "../../../commands/accounts/live-account";
import {
  accountsToRead,
  expectedAccess,
  parseExpected,
} from "../../../commands/verify/expected";
import { defaultSettings } from "../../../commands/verify/facts";
import type { FindingKind } from "../../../commands/verify/finding-kinds";
import { verify, type Report } from "../../../commands/verify/report";
import { bastionConfig, workloadConfig } from "../../infra/config-of";
import { bastionId } from "./accounts";
import { deployedBut } from "./as-deployed";

const organisation = `
bastionAccountId: "${bastionId}"
accounts: { main: { id: "${bastionId}" } }
roles: { Support: { managedPolicies: [AWSSupportAccess] } }
`;
const people = `
everybody: [{ roles: [Support], accounts: all }]
teams: { operations: { grants: [{ roles: [OpsSudo, PowerUser], accounts: all }] } }
users: { ada: { teams: [operations] } }
`;

const expected = expectedAccess(bastionConfig(organisation + people), [
  workloadConfig(organisation),
]);

/** As the program deploys it, but for one role. */
const reportWith = (
  name: string,
  change: Partial<LiveAccount["roles"][number]>,
): Report =>
  verify(
    deployedBut(expected, (account) => ({
      ...account,
      roles: account.roles.map((role) =>
        role.name === name ? { ...role, ...change } : role,
      ),
    })),
    expected,
    defaultSettings,
    new Date(),
  );

const foundIn = ({
  findings,
}: Report): readonly (readonly [string, string])[] =>
  findings.map(({ rule, subject }) => [rule, subject.replace(/.*[:/]/, "")]);

const trust = (condition?: object): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${bastionId}:root` },
      Action: "sts:AssumeRole",
      ...(condition && { Condition: condition }),
    },
  });

describe("verify, over a single account,", () => {
  it("reads it once, by its name in the config, with the policies of its roles", () => {
    const [account, ...others] = accountsToRead(expected);
    assert.deepEqual(others, []);
    assert.equal(account?.name, "main");
    assert.ok(
      account.policyArns?.includes("arn:aws:iam::aws:policy/PowerUserAccess"),
    );
    assert.deepEqual(parseExpected(JSON.stringify(expected)), expected);
  });

  it("knows which of its roles are granted, and decides each pair once", () => {
    const report = reportWith("", {});
    const { decided, granted, open, wrong } = report.pairs;
    assert.deepEqual([decided, granted, open, wrong], [4, 3, 3, 0]);
    assert.deepEqual(
      // Root and its passwords are nothing that the stub of an account has.
      foundIn(report).filter(([, subject]) => subject !== "root"),
      [],
    );
  });

  const rows: readonly (readonly [
    title: string,
    role: string,
    change: Partial<LiveAccount["roles"][number]>,
    finds: FindingKind,
  ])[] = [
    [
      "a role of people that asks for no MFA",
      "ReadOnly",
      { trust: trust() },
      "role-without-mfa",
    ],
    [
      "a role that takes older MFA than the config says",
      "OpsSudo",
      { trust: trust({ Bool: { "aws:MultiFactorAuthPresent": "true" } }) },
      "role-with-old-mfa",
    ],
    [
      "no role for support cases",
      "Support",
      { attachedPolicies: [] },
      "no-support-role",
    ],
  ];
  for (const [title, role, change, finds] of rows) {
    it(`finds ${title}`, () => {
      const rules = foundIn(reportWith(role, change)).map(([rule]) => rule);
      assert.ok(rules.includes(finds), rules.join());
      const before = foundIn(reportWith("", {})).map(([rule]) => rule);
      assert.ok(!before.includes(finds));
    });
  }
});
