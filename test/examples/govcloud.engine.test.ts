import assert from "node:assert/strict";
import { isAsExpected } from "../../sandbox/tour/checks";
import { DeployedExample } from "./deployed-example";

describe("AWS GovCloud (US), deployed as the example says", () => {
  let example: DeployedExample;
  before(async () => {
    example = await DeployedExample.deploy("govcloud", "aws-us-gov");
  });
  after(() => example.close());

  it("passes the policy pack without a finding", () => {
    assert.equal(example.printed.length, 2);
    for (const text of example.printed) {
      assert.match(text, /✅ bastion-account@/);
      assert.doesNotMatch(text, /\[(mandatory|advisory)\]/);
    }
  });

  it("has the partition's ARNs, region and addresses", () => {
    const { bastionAccountId } = example.stackFile;
    const { signInUrl, switchRoleUrls } = example.outputs;
    assert.equal(
      signInUrl,
      `https://${bastionAccountId}.signin.amazonaws-us-gov.com/console`,
    );
    const links = JSON.stringify(switchRoleUrls);
    assert.match(links, /https:\/\/signin\.amazonaws-us-gov\.com\/switchrole/);
    const accounts = [...example.sandbox.aws.cloud.accounts.values()];
    const documents = JSON.stringify(
      accounts.flatMap(({ roles }) =>
        [...roles.values()].map(({ trustPolicy }) => trustPolicy),
      ),
    );
    assert.match(documents, /arn:aws-us-gov:iam::111111111111:root/);
    assert.doesNotMatch(documents, /arn:aws:/);
    const { clientConfig } = example.outputs;
    assert.match(JSON.stringify(clientConfig), /arn:aws-us-gov:iam::/);
  });

  it("opens to each user exactly the granted roles, with MFA and never without", async () => {
    const rows = await example.tryEverything();
    // Three users before the four roles that Pulumi.yaml has, in two accounts.
    assert.equal(rows.length, 24);
    for (const row of rows) {
      assert.ok(isAsExpected(row.with), JSON.stringify(row));
      assert.ok(isAsExpected(row.without), JSON.stringify(row));
    }
  });

  it("is as the stack files say, for verify, which asks for no MFA of root", async () => {
    for (const { root } of example.sandbox.aws.cloud.accounts.values()) {
      root.hasPassword = true;
    }
    const found = await example.findings();
    assert.deepEqual(
      found.map(({ rule, subject }) => [rule, subject]),
      [],
    );
  });
});
