import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import { clientRetries } from "../../../sandbox/provider/retries";
import { clientConfig, deploymentIn } from "../../../sandbox/tour/people";
import { seed } from "../../run/property-tests";
import { deployUnder, passingFaults } from "./misbehaving-aws";
import {
  bastionId,
  into,
  startRunningProvider,
  type RunningProvider,
} from "./running-provider";

describe("the provider, with an AWS that misbehaves", () => {
  let running: RunningProvider;

  before(async () => {
    running = await startRunningProvider();
  });
  after(() => running.close());

  for (const [kind, rule] of Object.entries(passingFaults)) {
    it(`makes, changes and removes all the same: ${kind}`, async () => {
      const met = await deployUnder(running, seed, rule);
      assert(met > 2, `${met} faults`);
    });
  }

  it("tries a call as often as the real provider, and one over a quota once", async () => {
    const iam = new IAM({
      ...clientConfig(running.aws, await deploymentIn(running.aws, bastionId)),
      ...clientRetries(),
    });
    running.aws.faults.set({
      seed,
      rules: [{ kind: "dropped-before", rate: 1, times: 3 }],
    });
    const { $metadata } = await iam.listUsers();
    assert.equal($metadata.attempts, 4);
    running.aws.faults.set(undefined);
    await iam.createUser({ UserName: "with-keys" });
    const key = { UserName: "with-keys" };
    await iam.createAccessKey(key);
    await iam.createAccessKey(key);
    await assert.rejects(iam.createAccessKey(key), (error: object) => {
      const { $metadata } = error as { $metadata: { attempts: number } };
      assert.equal($metadata.attempts, 1);
      return true;
    });
  });

  it("says what was made and not told, when the connection ended after it", async () => {
    const connection = await running.connect(into(bastionId));
    running.aws.faults.set({
      seed,
      rules: [
        {
          kind: "dropped-after",
          rate: 1,
          times: 1,
          of: ({ action }) => action === "CreateGroup",
        },
      ],
    });
    await assert.rejects(
      connection.create("aws:iam/group:Group", { name: "cut-off" }),
      /EntityAlreadyExists.*cut-off/,
    );
    running.aws.faults.set(undefined);
  });
});
