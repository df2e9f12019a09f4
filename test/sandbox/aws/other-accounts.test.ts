import assert from "node:assert/strict";
import { deploymentIn } from "../../../sandbox/tour/people";
import { devId } from "./clients";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
} from "./iam/conversation";
import { askJson, askSns, userUnder, type Statement } from "./service-calls";

const topic = `arn:aws:sns:us-east-1:${devId}:news`;
const ada = `arn:aws:iam::${bastionId}:user/ada`;

/** To the owner's account all, and to a user of another account that. */
const opened = (Action: string, Resource: string): string =>
  policyText(
    {
      Effect: "Allow",
      Action: "*",
      Resource,
      Principal: { AWS: devId },
    },
    { Effect: "Allow", Action, Resource, Principal: { AWS: ada } },
  );

describe("What another account owns", () => {
  const conversation = conversationForEach();

  const asOwner = () => deploymentIn(conversation.aws, devId);
  const openTopic = async (Action: string) =>
    askSns(conversation, await asOwner(), "SetTopicAttributes", {
      TopicArn: topic,
      AttributeName: "Policy",
      AttributeValue: opened(Action, topic),
    });

  /** What a user finds by their own policy, before and after the topic's policy names them. */
  const topicCases: readonly (readonly [
    action: string,
    opens: string,
    own: Statement,
    code: string,
    fields?: Readonly<Record<string, string>>,
  ])[] = [
    ["GetTopicAttributes", "sns:GetTopicAttributes", allow("sns:*"), "ok"],
    [
      "GetTopicAttributes",
      "sns:GetTopicAttributes",
      allow("s3:*"),
      "AuthorizationError",
    ],
    [
      "SetTopicAttributes",
      "sns:GetTopicAttributes",
      allow("sns:*"),
      "AuthorizationError",
      { AttributeName: "DisplayName", AttributeValue: "News" },
    ],
    [
      "Subscribe",
      "sns:Subscribe",
      allow("sns:*"),
      "ok",
      { Protocol: "email", Endpoint: "ada@example.org" },
    ],
    ["DeleteTopic", "sns:*", allow("sns:*"), "ok"],
    // No topic's policy may name it.
    [
      "UntagResource",
      "sns:*",
      allow("sns:*"),
      "AuthorizationError",
      { ResourceArn: topic, "TagKeys.member.1": "team" },
    ],
  ];
  for (const [action, opens, own, code, fields = {}] of topicCases) {
    it(`is a topic, whose policy opens ${opens}: ${action} by whoever may ${JSON.stringify(own["Action"])} is ${code}`, async () => {
      await askSns(conversation, await asOwner(), "CreateTopic", {
        Name: "news",
      });
      const who = await userUnder(conversation, "ada", own);
      const ask = () =>
        askSns(conversation, who, action, {
          ...("ResourceArn" in fields ? {} : { TopicArn: topic }),
          ...fields,
        });
      assert.equal((await ask()).code, "AuthorizationError");
      const made = await openTopic(opens);
      assert.equal(made.code, "ok", made.text);
      const { code: seen, text } = await ask();
      assert.equal(seen, code, text);
      if (code === "ok" && action === "GetTopicAttributes")
        assert.match(text, new RegExp(`<value>${devId}</value>`));
    });
  }

  it("is a topic, whose subscriptions tell who asked for them", async () => {
    const owner = await asOwner();
    await askSns(conversation, owner, "CreateTopic", { Name: "news" });
    const who = await userUnder(conversation, "ada", allow("sns:*"));
    await openTopic("sns:Subscribe");
    await askSns(conversation, who, "Subscribe", {
      TopicArn: topic,
      Protocol: "email",
      Endpoint: "ada@example.org",
    });
    const { text } = await askSns(
      conversation,
      owner,
      "ListSubscriptionsByTopic",
      { TopicArn: topic },
    );
    assert.match(text, new RegExp(`<Owner>${bastionId}</Owner>`));
  });

  const keyCases: readonly (readonly [
    action: string,
    own: Statement,
    code: string,
    fields?: Statement,
  ])[] = [
    ["DescribeKey", allow("kms:*"), "ok"],
    ["DescribeKey", allow("s3:*"), "AccessDeniedException"],
    ["GetKeyRotationStatus", allow("kms:*"), "ok"],
    ["GetKeyPolicy", allow("kms:*"), "AccessDeniedException"],
    ["DisableKey", allow("kms:*"), "AccessDeniedException"],
    ["ListResourceTags", allow("kms:*"), "AccessDeniedException"],
    [
      "CreateAlias",
      allow("kms:*"),
      "AccessDeniedException",
      { AliasName: "alias/own" },
    ],
  ];
  for (const [action, own, code, fields = {}] of keyCases) {
    it(`is a key, whose policy opens all of it: ${action} by whoever may ${JSON.stringify(own["Action"])} is ${code}`, async () => {
      const who = await userUnder(conversation, "ada", own);
      const { text } = await askJson(
        conversation,
        await asOwner(),
        "kms",
        "CreateKey",
        { Policy: opened("kms:*", "*") },
      );
      const key = /"Arn":"([^"]*)"/.exec(text)?.[1] ?? "";
      const answer = await askJson(conversation, who, "kms", action, {
        [action === "CreateAlias" ? "TargetKeyId" : "KeyId"]: key,
        ...fields,
      });
      assert.equal(answer.code, code, answer.text);
    });
  }

  it("is a key that is not there, of which nobody is told", async () => {
    const who = await userUnder(conversation, "ada", allow("kms:*"));
    for (const name of [
      "key/00000000-0000-0000-0000-000000000000",
      "alias/own",
    ]) {
      const answer = await askJson(conversation, who, "kms", "DescribeKey", {
        KeyId: `arn:aws:kms:us-east-1:${devId}:${name}`,
      });
      assert.equal(answer.code, "AccessDeniedException", answer.text);
      assert.match(
        answer.text,
        /kms:DescribeKey on resource: .* because the resource does not exist/,
      );
    }
  });
});
