import { isAsConfigured, opensAsGranted, passesThePack } from "./checks";
import { DeployedExample } from "./deployed-example";

describe("two accounts, deployed as the example says", () => {
  let example: DeployedExample;
  before(async () => {
    example = await DeployedExample.deploy("two-accounts");
  });
  after(() => example.close());

  it("pass the policy pack without a finding", () => {
    passesThePack(example);
  });

  it("open to each user exactly the granted roles, with MFA and never without", async () => {
    // Three users before the four roles that Pulumi.yaml has, in one account.
    await opensAsGranted(example, 12);
  });

  it("are as the stack files say, for verify", async () => {
    await isAsConfigured(example);
  });
});
