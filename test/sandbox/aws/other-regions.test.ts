import assert from "node:assert/strict";
import { sendSigned, type Credentials } from "../../../sandbox/signed-request";
import { deploymentIn } from "../../../sandbox/tour/people";
import { allow, bastionId, conversationForEach } from "./iam/conversation";
import {
  askJson,
  askSns,
  denial,
  userUnder,
  type ServiceAnswer,
} from "./service-calls";

describe("What is in one region", () => {
  const conversation = conversationForEach();
  const topic = `arn:aws:sns:us-east-1:${bastionId}:news`;
  const rule = `arn:aws:events:us-east-1:${bastionId}:rule/watch`;
  let key = "";
  let guarded: Credentials;
  let administrator: Credentials;

  beforeEach(async () => {
    administrator = await deploymentIn(conversation.aws, bastionId);
    await askSns(conversation, administrator, "CreateTopic", { Name: "news" });
    await askJson(conversation, administrator, "events", "PutRule", {
      Name: "watch",
      EventPattern: JSON.stringify({ source: ["aws.sts"] }),
    });
    const { text } = await askJson(
      conversation,
      administrator,
      "kms",
      "CreateKey",
    );
    key = /"Arn":"([^"]*)"/.exec(text)?.[1] ?? "";
    // As control policies keep an account in its regions.
    guarded = await userUnder(conversation, "guarded", allow("*"), {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
    });
  });

  const calls: readonly (readonly [
    what: string,
    refusal: string,
    ask: (who: Credentials, region: string) => Promise<ServiceAnswer>,
  ])[] = [
    [
      "a topic",
      "InvalidParameter",
      (who, region) =>
        askSns(conversation, who, "DeleteTopic", { TopicArn: topic }, region),
    ],
    [
      "a key",
      "NotFoundException",
      (who, region) =>
        askJson(conversation, who, "kms", "DisableKey", { KeyId: key }, region),
    ],
    [
      "a rule",
      "ValidationException",
      (who, region) =>
        askJson(
          conversation,
          who,
          "events",
          "TagResource",
          { ResourceARN: rule, Tags: [{ Key: "team", Value: "blue" }] },
          region,
        ),
    ],
  ];
  for (const [what, refusal, ask] of calls) {
    it(`is not reached by a request for another: ${what}`, async () => {
      for (const who of [guarded, administrator]) {
        assert.equal((await ask(who, "eu-west-1")).code, refusal);
      }
      assert.match((await ask(guarded, "us-east-1")).code, denial);
      assert.equal((await ask(administrator, "us-east-1")).code, "ok");
    });
  }
});

describe("A service with one endpoint", () => {
  const conversation = conversationForEach();

  it("is in us-east-1, whatever region a request is signed for", async () => {
    const outside = await userUnder(conversation, "outside", allow("*"), {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
    });
    const ask = async (service: "iam" | "sts", fields: string) => {
      const answer = await sendSigned(conversation.aws.endpoint, outside, {
        service,
        region: "eu-west-1",
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: fields,
      });
      return answer.status;
    };
    assert.equal(await ask("iam", "Action=ListUsers&Version=2010-05-08"), 403);
    assert.equal(
      await ask("sts", "Action=GetSessionToken&Version=2011-06-15"),
      200,
    );
  });
});
