import assert from "node:assert/strict";
import { deploymentIn } from "../../../sandbox/tour/people";
import { bastionId, conversationForEach } from "./iam/conversation";
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
});
