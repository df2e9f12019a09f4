import { strict as assert } from "node:assert";
import { foreignersAssume } from "../prover/decided";

/** Whether a foreigner takes the role under the condition, and the keys of who does. */
const asked = (condition: object) => {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: "444444444444" },
    Action: "sts:AssumeRole",
    Condition: condition,
  };
  return foreignersAssume(
    { Version: "2012-10-17", Statement: statement },
    { accounts: ["111111111111"], organisations: [] },
  );
};

const before2026 = {
  DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
};
const newYear = "1767225600";

describe("keys of a request that say the same", () => {
  for (const [title, condition, answer] of [
    [
      "a date in seconds is the same moment",
      { ...before2026, DateGreaterThan: { "aws:EpochTime": newYear } },
      "closed",
    ],
    [
      "a number of seconds is the same moment",
      { ...before2026, NumericGreaterThan: { "aws:EpochTime": newYear } },
      "closed",
    ],
    [
      "there are moments before both",
      { ...before2026, NumericLessThan: { "aws:EpochTime": newYear } },
      "open",
    ],
    [
      "a VPC endpoint of an organisation has its id and its paths",
      { Null: { "aws:VpceOrgID": "true", "aws:VpceOrgPaths": "false" } },
      "closed",
    ],
    [
      "a request through none has neither",
      { Null: { "aws:VpceOrgID": "true", "aws:VpceOrgPaths": "true" } },
      "open",
    ],
    [
      "ids and paths of different things are not tied",
      { Null: { "aws:VpceOrgID": "true", "aws:PrincipalOrgPaths": "false" } },
      "open",
    ],
  ] as const) {
    it(title, () => {
      assert.equal(asked(condition).answer, answer);
    });
  }

  it("tells the time of a request in both ways alike", () => {
    const verdict = asked({ DateLessThan: { "aws:EpochTime": newYear } });
    assert.ok(verdict.answer === "open");
    const [time = ""] = verdict.witness.values.get("aws:currenttime") ?? [];
    const [seconds = ""] = verdict.witness.values.get("aws:epochtime") ?? [];
    assert.equal(Date.parse(time) / 1_000, Number(seconds));
    assert.ok(Number(seconds) < Number(newYear));
  });
});
