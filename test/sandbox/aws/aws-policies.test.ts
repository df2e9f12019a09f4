import assert from "node:assert/strict";
import { GetPolicyCommand } from "@aws-sdk/client-iam";
import { administratorOf, bastionId, startTwoAccounts } from "./clients";

describe("AWS's own managed policies", () => {
  it("can be read in every account", async () => {
    const aws = await startTwoAccounts();
    const iam = await administratorOf(aws, bastionId);
    const { Policy } = await iam.send(
      new GetPolicyCommand({
        PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
    );
    assert.equal(Policy?.PolicyName, "ReadOnlyAccess");
    await aws.close();
  });
});
