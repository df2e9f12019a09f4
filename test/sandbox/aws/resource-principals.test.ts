import assert from "node:assert/strict";
import {
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { deploymentIn } from "../../../sandbox/tour/people";
import type { Credentials } from "../../../sandbox/signed-request";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
} from "./iam/conversation";
import {
  askJson,
  askSns,
  denial,
  userUnder,
  type ServiceAnswer,
} from "./service-calls";

const user = (name: string) => `arn:aws:iam::${bastionId}:user/${name}`;

describe("The policy of a key or a topic", () => {
  const conversation = conversationForEach();
  const topic = `arn:aws:sns:us-east-1:${bastionId}:news`;
  let administrator: Credentials;
  let key = "";

  beforeEach(async () => {
    administrator = await deploymentIn(conversation.aws, bastionId);
    await askSns(conversation, administrator, "CreateTopic", { Name: "news" });
    const { text } = await askJson(
      conversation,
      administrator,
      "kms",
      "CreateKey",
    );
    key = /"Arn":"([^"]*)"/.exec(text)?.[1] ?? "";
  });

  const opened = (Action: string, AWS: string) =>
    policyText(
      {
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Principal: { AWS: `arn:aws:iam::${bastionId}:root` },
      },
      { Effect: "Allow", Action, Resource: "*", Principal: { AWS } },
    );

  const kinds: readonly (readonly [
    what: string,
    open: (principal: string) => Promise<ServiceAnswer>,
    use: (who: Credentials) => Promise<ServiceAnswer>,
    refusal: string,
  ])[] = [
    [
      "a key",
      (principal) =>
        askJson(conversation, administrator, "kms", "PutKeyPolicy", {
          KeyId: key,
          Policy: opened("kms:*", principal),
        }),
      (who) => askJson(conversation, who, "kms", "DescribeKey", { KeyId: key }),
      "MalformedPolicyDocumentException",
    ],
    [
      "a topic",
      (principal) =>
        askSns(conversation, administrator, "SetTopicAttributes", {
          TopicArn: topic,
          AttributeName: "Policy",
          AttributeValue: opened("sns:*", principal),
        }),
      (who) =>
        askSns(conversation, who, "GetTopicAttributes", { TopicArn: topic }),
      "InvalidParameter",
    ],
  ];
  for (const [what, open, use, refusal] of kinds) {
    it(`keeps the user that it names, and no later one of the name: ${what}`, async () => {
      const { send } = conversation;
      const who = await userUnder(conversation, "ada", allow("s3:*"));
      const made = await open(user("ada"));
      assert.equal(made.code, "ok", made.text);
      assert.equal((await use(who)).code, "ok");
      await send(
        new DeleteUserPolicyCommand({ UserName: "ada", PolicyName: "own" }),
      );
      await send(
        new DeleteAccessKeyCommand({
          UserName: "ada",
          AccessKeyId: who.accessKeyId,
        }),
      );
      await send(new DeleteUserCommand({ UserName: "ada" }));
      const other = await userUnder(conversation, "ada", allow("s3:*"));
      assert.match((await use(other)).code, denial);
    });

    it(`names nobody who is not there: ${what}`, async () => {
      assert.equal((await open(user("nobody"))).code, refusal);
      await conversation.send(new CreateUserCommand({ UserName: "nobody" }));
      assert.equal((await open(user("nobody"))).code, "ok");
    });
  }

  it("leaves its writer the right to change it, or says that it need not: a key", async () => {
    const Policy = policyText({
      Effect: "Allow",
      Action: "kms:*",
      Resource: "*",
      Principal: { AWS: user("ada") },
    });
    await conversation.send(new CreateUserCommand({ UserName: "ada" }));
    const ask = (action: string, more: object) =>
      askJson(conversation, administrator, "kms", action, { Policy, ...more });
    const waived = { BypassPolicyLockoutSafetyCheck: true };
    for (const [action, fields] of [
      ["CreateKey", {}],
      ["PutKeyPolicy", { KeyId: key }],
    ] as const) {
      const { code, text } = await ask(action, fields);
      assert.equal(code, "MalformedPolicyDocumentException");
      assert.match(text, /will not allow you to update the key policy/);
      const done = await ask(action, { ...fields, ...waived });
      assert.equal(done.code, "ok", done.text);
    }
  });
});
