import assert from "node:assert/strict";
import { isAsExpected } from "../../sandbox/tour/checks";
import { DeployedExample } from "./deployed-example";

describe("two accounts, deployed as the example says", () => {
  let example: DeployedExample;
  before(async () => {
    example = await DeployedExample.deploy("two-accounts");
  });
  after(() => example.close());

  it("pass the policy pack without a finding", () => {
    assert.equal(example.printed.length, 2);
    for (const text of example.printed) {
      assert.match(text, /✅ bastion-account@/);
      assert.doesNotMatch(text, /\[(mandatory|advisory)\]/);
    }
  });

  it("open to each user exactly the granted roles, with MFA and never without", async () => {
    const rows = await example.tryEverything();
    // Three users before the four roles that Pulumi.yaml has, in one account.
    assert.equal(rows.length, 12);
    for (const row of rows) {
      assert.ok(isAsExpected(row.with), JSON.stringify(row));
      assert.ok(isAsExpected(row.without), JSON.stringify(row));
    }
  });

  it("are as the stack files say, for verify", async () => {
    const found = await example.findings();
    assert.deepEqual(
      found.map(({ rule, subject }) => [rule, subject]),
      [],
    );
  });
});
