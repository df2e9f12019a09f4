import { strict as assert } from "node:assert";
import data from "../../../policy-pack/data/account-actions.json";
import { mayChangeAccounts } from "../../../policy-pack/decide/account-power";
import { roleSessionCase } from "../../../policy-pack/decide/callers";
import { allow, deny, dev, document, type Statement } from "../rules/documents";
import { readWell } from "./reading";

const answerOf = (...statements: readonly Statement[]) =>
  mayChangeAccounts({
    caller: roleSessionCase({
      account: dev,
      partition: "aws",
      arn: `arn:aws:iam::${dev}:role/team`,
    }),
    documents: [readWell(document(...statements), "identity")],
    boundary: undefined,
    account: dev,
  }).answer;

describe("power over accounts", () => {
  for (const [what, actions] of Object.entries(data.power)) {
    it(`comes of what says: ${what}`, () => {
      for (const action of actions) {
        assert.equal(answerOf(allow(action)), "open", action);
        assert.equal(answerOf(allow(action), deny(action)), "closed", action);
      }
    });
  }

  for (const [why, actions] of Object.entries(data.none)) {
    it(`does not come of what ${why}`, () => {
      assert.equal(answerOf(allow(actions)), "closed");
    });
  }

  for (const pattern of [
    "sso-directory:*ExternalIdP*",
    "sso-directory:Create*",
    "sso:Associate*",
    "organizations:Put*",
    "identitystore:*",
    "account:*",
    "account-access:Create*",
    "sso*:*",
    "s?o:*",
    "o?g*:*",
    "s*:CreateAccountAssignment",
    "*:CreateAccountAssignment",
    "org*:*",
    "*:acceptPrimaryEmailUpdate",
    "sts:*Root",
  ]) {
    it(`comes of ${pattern}`, () => {
      assert.equal(answerOf(allow(pattern)), "open");
    });
  }

  for (const pattern of [
    "sso:Delete*Instance",
    "sso-directory:Disable*",
    "*",
    "*:*",
    "*:Create*",
    "sts:*",
    "st?:Assume*",
    "sns*:*",
  ]) {
    it(`does not come of ${pattern}`, () => {
      assert.equal(answerOf(allow(pattern)), "closed");
    });
  }

  it("does not come of all services but a few, as PowerUserAccess has it", () => {
    const all: Statement = {
      Effect: "Allow",
      NotAction: ["iam:*", "organizations:*", "account:*"],
      Resource: "*",
    };
    assert.equal(answerOf(all), "closed");
  });
});
