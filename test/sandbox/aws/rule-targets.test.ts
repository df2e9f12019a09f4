import assert from "node:assert/strict";
import type { Credentials } from "../../../sandbox/signed-request";
import { deploymentIn } from "../../../sandbox/tour/people";
import { bastionId, conversationForEach } from "./iam/conversation";
import { askJson } from "./service-calls";

describe("A rule of EventBridge", () => {
  const conversation = conversationForEach();
  const Arn = `arn:aws:sns:us-east-1:${bastionId}:news`;
  let who: Credentials;

  const put = (...targets: readonly object[]) =>
    askJson(conversation, who, "events", "PutTargets", {
      Rule: "watch",
      Targets: targets.map((target) => ({ Arn, ...target })),
    });
  const putRule = (fields: object) =>
    askJson(conversation, who, "events", "PutRule", {
      Name: "watch",
      ...fields,
    });

  beforeEach(async () => {
    who = await deploymentIn(conversation.aws, bastionId);
    const EventPattern = JSON.stringify({ source: ["aws.sts"] });
    assert.equal((await putRule({ EventPattern })).code, "ok");
  });

  it("has five targets at most, those that are there among them", async () => {
    const all = ["a", "b", "c", "d", "e", "f"].map((Id) => ({ Id }));
    assert.equal((await put(...all)).code, "LimitExceededException");
    assert.equal((await put(...all.slice(0, 5))).code, "ok");
    assert.equal((await put({ Id: "f" })).code, "LimitExceededException");
    assert.equal((await put({ Id: "e" })).code, "ok");
  });

  it("gives a target one kind of input", async () => {
    const both = { Id: "a", Input: "{}", InputPath: "$.detail" };
    assert.equal((await put(both)).code, "ValidationException");
    assert.equal((await put({ Id: "a", Input: "{}" })).code, "ok");
  });

  it("watches something: without a pattern there is none", async () => {
    const { code, text } = await putRule({});
    assert.equal(code, "ValidationException");
    assert.match(text, /EventPattern or ScheduleExpression must be specified/);
    const schedule = await putRule({ ScheduleExpression: "rate(5 minutes)" });
    assert.equal(schedule.code, "NotImplementedException");
  });
});
