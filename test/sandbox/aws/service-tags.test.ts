import assert from "node:assert/strict";
import {
  AccessAnalyzerClient,
  CreateAnalyzerCommand,
} from "@aws-sdk/client-accessanalyzer";
import type { Credentials } from "../../../sandbox/signed-request";
import { clientConfig, deploymentIn } from "../../../sandbox/tour/people";
import { bastionId, conversationForEach } from "./iam/conversation";
import { askJson, askSns } from "./service-calls";

type Tags = readonly (readonly [key: string, value: string])[];

/** As SNS writes them in a form. */
const inForm = (tags: Tags): Record<string, string> =>
  Object.fromEntries(
    tags.flatMap(([key, value], index) => [
      [`Tags.member.${index + 1}.Key`, key],
      [`Tags.member.${index + 1}.Value`, value],
    ]),
  );

const listed = (tags: Tags) => tags.map(([Key, Value]) => ({ Key, Value }));

const manyTags = (count: number): Tags =>
  Array.from({ length: count }, (_, index) => [`key${index}`, "v"] as const);

describe("The tags of what is not IAM's", () => {
  const conversation = conversationForEach();
  const topic = `arn:aws:sns:us-east-1:${bastionId}:news`;
  const rule = `arn:aws:events:us-east-1:${bastionId}:rule/watch`;
  const EventPattern = JSON.stringify({ source: ["aws.sts"] });
  let who: Credentials;
  let key = "";

  const kms = (action: string, tags: Tags, fields = {}) =>
    askJson(conversation, who, "kms", action, {
      ...fields,
      Tags: tags.map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    });
  const events = (action: string, tags: Tags, fields: object) =>
    askJson(conversation, who, "events", action, {
      ...fields,
      Tags: listed(tags),
    });
  const sns = (action: string, tags: Tags, fields: Record<string, string>) =>
    askSns(conversation, who, action, { ...fields, ...inForm(tags) });

  beforeEach(async () => {
    who = await deploymentIn(conversation.aws, bastionId);
    key =
      /"KeyId":"([^"]*)"/.exec((await kms("CreateKey", [])).text)?.[1] ?? "";
    await sns("CreateTopic", [], { Name: "news" });
    await events("PutRule", [], { Name: "watch", EventPattern });
  });

  /** Each call that brings tags, with what its service says of a tag that is none, and of too many. */
  const calls: Readonly<
    Record<
      string,
      readonly [
        send: (tags: Tags) => Promise<{ readonly code: string }>,
        invalid: string,
        tooMany: string,
      ]
    >
  > = {
    "kms:CreateKey": [
      (tags) => kms("CreateKey", tags),
      "TagException",
      "LimitExceededException",
    ],
    "kms:TagResource": [
      (tags) => kms("TagResource", tags, { KeyId: key }),
      "TagException",
      "LimitExceededException",
    ],
    "sns:CreateTopic": [
      (tags) => sns("CreateTopic", tags, { Name: "other" }),
      "InvalidParameter",
      "TagLimitExceeded",
    ],
    "sns:TagResource": [
      (tags) => sns("TagResource", tags, { ResourceArn: topic }),
      "InvalidParameter",
      "TagLimitExceeded",
    ],
    "events:PutRule": [
      (tags) => events("PutRule", tags, { Name: "other", EventPattern }),
      "ValidationException",
      "LimitExceededException",
    ],
    "events:TagResource": [
      (tags) => events("TagResource", tags, { ResourceARN: rule }),
      "ValidationException",
      "LimitExceededException",
    ],
  };
  for (const [action, [send, invalid, tooMany]] of Object.entries(calls)) {
    it(`are none that AWS keeps to itself, nor one twice, nor too many: ${action}`, async () => {
      for (const reserved of ["aws:team", "AWS:team"])
        assert.equal((await send([[reserved, "blue"]])).code, invalid);
      const twice: Tags = [
        ["team", "blue"],
        ["team", "red"],
      ];
      assert.equal((await send(twice)).code, invalid);
      assert.equal((await send(manyTags(51))).code, tooMany);
      const cases: Tags = [
        ["team", "blue"],
        ["Team", "red"],
      ];
      assert.equal((await send(cases)).code, "ok");
    });
  }

  it("are fifty with those that are there", async () => {
    const tag = (tags: Tags) => kms("TagResource", tags, { KeyId: key });
    assert.equal((await tag(manyTags(50))).code, "ok");
    assert.equal((await tag(manyTags(50))).code, "ok");
    assert.equal((await tag([["other", "v"]])).code, "LimitExceededException");
  });

  it("are held to it where an analyzer is made", async () => {
    const client = new AccessAnalyzerClient(
      clientConfig(conversation.aws, who),
    );
    await assert.rejects(
      client.send(
        new CreateAnalyzerCommand({
          analyzerName: "own",
          type: "ACCOUNT",
          tags: { "aws:team": "blue" },
        }),
      ),
      { name: "ValidationException" },
    );
  });
});
