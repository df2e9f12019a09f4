import assert from "node:assert/strict";
import {
  revokedRoleSessions,
  revokedUserSessions,
} from "../../infra/documents/revoked-sessions";
import { planGroups } from "../../infra/groups";
import { planRoles } from "../../infra/roles";
import { bastionConfig, workloadConfig } from "./config-of";

const organisation = `
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222" } }
`;

/** @param seconds between one user's time and the next one's */
const revokedOf = (count: number, seconds: number): string => {
  const now = Date.now() - 60_000;
  const times = Array.from({ length: count }, (_, index) => {
    const time = new Date(now - index * seconds * 1_000).toISOString();
    return `user-number-${index}: "${time}"`;
  });
  return `${organisation}revokedSessions: { ${times.join(", ")} }`;
};

describe("revoked sessions", () => {
  it("take one statement for all that were revoked at one time", () => {
    const [early, late] = ["2026-11-26T22:41:00Z", "2026-11-26T22:42:00Z"];
    const revoked = [
      { user: "ada", openedBefore: early },
      { user: "bashir", openedBefore: late },
      { user: "chen", openedBefore: early },
    ];
    assert.deepEqual(
      revokedUserSessions(revoked).Statement.map(({ Condition }) => Condition),
      [
        {
          StringEquals: { "aws:username": ["ada", "chen"] },
          DateLessThan: { "aws:TokenIssueTime": early },
        },
        {
          StringEquals: { "aws:username": "bashir" },
          DateLessThan: { "aws:TokenIssueTime": late },
        },
      ],
    );
    const [first] = revokedRoleSessions(revoked).Statement;
    assert.deepEqual(first?.Condition?.StringLike, {
      "aws:userid": ["*:ada", "*:chen"],
    });
  });

  it("are those of forty users, where they have one time", () => {
    const groups = planGroups(bastionConfig(revokedOf(40, 0)));
    assert.ok(groups.length > 0);
  });

  it("are refused before anything is deployed, where IAM has no room for them", () => {
    assert.throws(
      () => planGroups(bastionConfig(revokedOf(40, 1))),
      /revokedSessions[^]*the group bastion-users have \d+ characters[^]*at most 5120[^]*the latest of their times/,
    );
    const { organisation: facts, accounts } = workloadConfig(revokedOf(60, 1));
    const [dev] = accounts;
    assert.ok(dev);
    assert.throws(
      () => planRoles(facts, dev, "111111111111"),
      /revokedSessions[^]*the role \w+ have \d+ characters[^]*at most 10240/,
    );
  });
});
