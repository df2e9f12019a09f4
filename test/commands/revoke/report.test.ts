import assert from "node:assert/strict";
import type { Closed } from "../../../commands/revoke/close";
import { revokedText } from "../../../commands/revoke/report";

const account = { id: "222222222222", name: "dev", policies: [] };
const revocation = {
  user: "ada",
  file: "/project/Pulumi.yaml",
  openedBefore: "2026-11-26T22:41:00Z",
  isUser: false,
  seconds: 2,
};

const textOf = (closed: Partial<Closed>): string =>
  revokedText(
    [{ account, closed: [], absent: [], failed: undefined, ...closed }],
    revocation,
  );

describe("what is told of revoked sessions", () => {
  it("names what is not there, and what was not looked at", () => {
    const text = textOf({
      closed: ["role ReadOnly"],
      absent: ["role Analyst"],
    });
    assert.match(text, /closed in 1 of 1 accounts \(1 roles and groups\)/);
    assert.match(text, /Not there in dev \(222222222222\): role Analyst/);
    assert.match(text, /Only roles of the config were looked at/);
    assert.doesNotMatch(text, /Not closed in/);
    assert.match(text, /^\/project\/Pulumi\.yaml says so now, .*: commit it/m);
  });

  it("names what is not closed, and what to do", () => {
    const text = textOf({ failed: "role ReadOnly: denied" });
    assert.match(
      text,
      /Not closed in dev \(222222222222\): role ReadOnly: denied/,
    );
    assert.match(text, /Fix: remedy that, and run the same command again/);
    assert.doesNotMatch(text, /Not there/);
  });
});
