import assert from "node:assert/strict";
import { isAsConfigured, opensAsGranted, passesThePack } from "./checks";
import { DeployedExample } from "./deployed-example";

describe("AWS GovCloud (US), deployed as the example says", () => {
  let example: DeployedExample;
  before(async () => {
    example = await DeployedExample.deploy("govcloud", "aws-us-gov");
  });
  after(() => example.close());

  it("passes the policy pack without a finding", () => {
    passesThePack(example);
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
    // Three users before the four roles that Pulumi.yaml has, in two accounts.
    await opensAsGranted(example, 24);
  });

  it("is as the stack files say, for verify, which asks for no MFA of root", async () => {
    for (const { root } of example.sandbox.aws.cloud.accounts.values()) {
      root.hasPassword = true;
    }
    await isAsConfigured(example);
  });
});
