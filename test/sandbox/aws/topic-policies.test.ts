import assert from "node:assert/strict";
import { deploymentIn } from "../../../sandbox/tour/people";
import { bastionId, conversationForEach, policyText } from "./iam/conversation";
import { askSns } from "./service-calls";

/** Whether a topic's policy may name the action. */
const actions: Readonly<Record<string, boolean>> = {
  "sns:Publish": true,
  "SNS:publish": true,
  "sns:*": true,
  "*": true,
  "sns:CreateTopic": false,
  "iam:CreateUser": false,
  "iam:*": false,
};

describe("A topic's policy", () => {
  const conversation = conversationForEach();
  for (const [action, isTaken] of Object.entries(actions)) {
    it(`${isTaken ? "may" : "may not"} name ${action}`, async () => {
      const who = await deploymentIn(conversation.aws, bastionId);
      await askSns(conversation, who, "CreateTopic", { Name: "news" });
      const TopicArn = `arn:aws:sns:us-east-1:${bastionId}:news`;
      const { code, text } = await askSns(
        conversation,
        who,
        "SetTopicAttributes",
        {
          TopicArn,
          AttributeName: "Policy",
          AttributeValue: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { AWS: bastionId },
                Action: ["sns:Subscribe", action],
                Resource: TopicArn,
              },
            ],
          }),
        },
      );
      assert.equal(code, isTaken ? "ok" : "InvalidParameter");
      if (!isTaken)
        assert.match(text, /Policy statement action out of service scope!/);
    });
  }

  /** Whether a policy may be about that, by the ARN of its topic. */
  const resources: Readonly<Record<string, boolean>> = {
    [`arn:aws:sns:us-east-1:${bastionId}:news`]: true,
    [`arn:aws:sns:us-east-1:${bastionId}:n*`]: true,
    "*": true,
    [`arn:aws:sns:us-east-1:${bastionId}:News`]: false,
    [`arn:aws:sns:us-east-1:${bastionId}:old`]: false,
    [`arn:aws:sns:eu-west-1:${bastionId}:news`]: false,
    "arn:aws:s3:::news": false,
  };
  for (const [Resource, isTaken] of Object.entries(resources)) {
    it(`${isTaken ? "may" : "may not"} be about ${Resource}`, async () => {
      const who = await deploymentIn(conversation.aws, bastionId);
      const { code, text } = await askSns(conversation, who, "CreateTopic", {
        Name: "news",
        "Attributes.entry.1.key": "Policy",
        "Attributes.entry.1.value": policyText({
          Effect: "Allow",
          Principal: { AWS: bastionId },
          Action: "sns:Publish",
          Resource,
        }),
      });
      assert.equal(code, isTaken ? "ok" : "InvalidParameter", text);
    });
  }
});

describe("A topic's subscription", () => {
  const conversation = conversationForEach();
  const TopicArn = `arn:aws:sns:us-east-1:${bastionId}:news`;

  for (const [Endpoint, isTaken] of [
    ["ada@example.org", true],
    ["x", false],
    ["@", false],
    ["ada@example.org, eve@example.org", false],
  ] as const) {
    it(`${isTaken ? "sends" : "does not send"} mails to ${Endpoint}`, async () => {
      const who = await deploymentIn(conversation.aws, bastionId);
      await askSns(conversation, who, "CreateTopic", { Name: "news" });
      const { code } = await askSns(conversation, who, "Subscribe", {
        TopicArn,
        Protocol: "email",
        Endpoint,
      });
      assert.equal(code, isTaken ? "ok" : "InvalidParameter");
    });
  }

  it("is ended by its ARN, and by nothing else", async () => {
    const who = await deploymentIn(conversation.aws, bastionId);
    const { code, text } = await askSns(conversation, who, "Unsubscribe", {
      SubscriptionArn: "PendingConfirmation",
    });
    assert.equal(code, "InvalidParameter");
    assert.match(text, /An ARN must have at least 6 elements, not 1/);
  });
});
