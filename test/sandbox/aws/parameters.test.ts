import assert from "node:assert/strict";
import { AwsError } from "../../../sandbox/aws/errors";
import { honouring } from "../../../sandbox/aws/honoured-parameters";
import { Parameters } from "../../../sandbox/aws/parameters";

const targets = () =>
  new Parameters({
    Rule: "watch",
    Targets: [{ Id: "a" }, { Id: "b", Input: "{}" }],
  });

describe("A request's parameters", () => {
  it("are unread until somebody asks for them, members too", () => {
    const parameters = targets();
    assert.deepEqual(parameters.unread(), ["Rule", "Targets"]);
    parameters.get("Rule");
    assert.deepEqual(parameters.list("Targets", "Id"), ["a", "b"]);
    assert.deepEqual(parameters.unread(), ["Targets[].Input"]);
    for (const one of parameters.structures("Targets")) one.get("Input");
    assert.deepEqual(parameters.unread(), []);
  });

  it("are an error of the sandbox's where a member is dropped, and it says nothing of it", async () => {
    const run = (parameters: Parameters, moot: Record<string, string>) =>
      honouring(parameters, "events:PutTargets", { moot }, () => {
        parameters.get("Rule");
        return parameters.list("Targets", "Id");
      });
    await assert.rejects(run(targets(), {}), (error: unknown) => {
      assert(error instanceof AwsError);
      assert.equal(error.code, "ServiceFailure");
      assert.match(error.message, /without its Targets\[\]\.Input,/);
      return true;
    });
    const told = { "Targets[].Input": "nothing is sent" };
    assert.deepEqual(await run(targets(), told), ["a", "b"]);
  });
});
