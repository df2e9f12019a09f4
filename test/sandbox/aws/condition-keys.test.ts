import assert from "node:assert/strict";
import { deploymentIn } from "../../../sandbox/tour/people";
import { sendSigned, type Credentials } from "../../../sandbox/signed-request";
import { allow, bastionId, conversationForEach } from "./iam/conversation";
import {
  askJson,
  askSns,
  denial,
  userUnder,
  type ServiceAnswer,
  type Statement,
} from "./service-calls";

const topic = `arn:aws:sns:us-east-1:${bastionId}:news`;
const pattern = (source: unknown) =>
  JSON.stringify({ source: [source], "detail-type": ["call"] });

const rule = `arn:aws:events:us-east-1:${bastionId}:rule/watch`;
const untagging = { TagKeys: ["team"] };

/** Keys that have several values. */
const lists: ReadonlySet<string> = new Set([
  "aws:TagKeys",
  "events:detail-type",
  "events:source",
  "events:TargetArn",
  "kms:ResourceAliases",
]);

describe("A condition key", () => {
  const conversation = conversationForEach();
  let administrator: Credentials;
  let key = "";

  const kms =
    (action: string, fields: Statement = {}) =>
    (who: Credentials) =>
      askJson(conversation, who, "kms", action, { KeyId: key, ...fields });
  const newKey = (who: Credentials) =>
    askJson(conversation, who, "kms", "CreateKey");
  const events = (action: string, fields: Statement) => (who: Credentials) =>
    askJson(conversation, who, "events", action, fields);
  const subscribe = (who: Credentials) =>
    askSns(conversation, who, "Subscribe", {
      TopicArn: topic,
      Protocol: "email",
      Endpoint: "ada@example.org",
    });
  const list = async (who: Credentials): Promise<ServiceAnswer> => {
    const { ok, text } = await sendSigned(conversation.aws.endpoint, who, {
      service: "s3",
      region: "us-east-1",
      method: "GET",
      headers: { "user-agent": "curl/8" },
    });
    return {
      code: ok ? "ok" : (/<Code>(.*)<\/Code>/.exec(text)?.[1] ?? ""),
      text,
    };
  };
  const putRule = (who: Credentials) =>
    events("PutRule", { Name: "other", EventPattern: pattern("aws.sts") })(who);

  beforeEach(async () => {
    administrator = await deploymentIn(conversation.aws, bastionId);
    await askSns(conversation, administrator, "CreateTopic", { Name: "news" });
    const made = await newKey(administrator);
    key = /"KeyId":"([^"]*)"/.exec(made.text)?.[1] ?? "";
    await askJson(conversation, administrator, "kms", "CreateAlias", {
      AliasName: "alias/own",
      TargetKeyId: key,
    });
    await events("PutRule", {
      Name: "watch",
      EventPattern: pattern("aws.sts"),
      Tags: [{ Key: "team", Value: "blue" }],
    })(administrator);
  });

  /** A Deny by that value refuses, one by another lets through. */
  const cases: readonly (readonly [
    key: string,
    value: string,
    ask: (who: Credentials) => Promise<ServiceAnswer>,
    other?: string,
  ])[] = [
    ["kms:BypassPolicyLockoutSafetyCheck", "false", newKey, "true"],
    ["kms:CallerAccount", bastionId, newKey],
    ["kms:KeySpec", "SYMMETRIC_DEFAULT", newKey],
    ["kms:KeyUsage", "ENCRYPT_DECRYPT", (who) => kms("DisableKey")(who)],
    ["kms:KeyOrigin", "AWS_KMS", (who) => kms("DisableKey")(who)],
    ["kms:MultiRegion", "false", newKey, "true"],
    ["kms:ResourceAliases", "alias/own", (who) => kms("DescribeKey")(who)],
    [
      "kms:RequestAlias",
      "alias/own",
      (who) => kms("DescribeKey", { KeyId: "alias/own" })(who),
    ],
    [
      "kms:ScheduleKeyDeletionPendingWindowInDays",
      "7",
      (who) => kms("ScheduleKeyDeletion", { PendingWindowInDays: 7 })(who),
      "8",
    ],
    [
      "kms:RotationPeriodInDays",
      "90",
      (who) => kms("EnableKeyRotation", { RotationPeriodInDays: 90 })(who),
      "91",
    ],
    ["sns:Endpoint", "ada@example.org", subscribe],
    ["sns:Protocol", "email", subscribe],
    ["events:source", "aws.sts", putRule],
    ["events:detail-type", "call", putRule],
    [
      "events:TargetArn",
      topic,
      (who) =>
        events("PutTargets", {
          Rule: "watch",
          Targets: [{ Id: "tell", Arn: topic }],
        })(who),
      `${topic}s`,
    ],
    [
      "events:creatorAccount",
      bastionId,
      (who) => events("DeleteRule", { Name: "watch" })(who),
    ],
    [
      "aws:ResourceTag/team",
      "blue",
      (who) => events("DeleteRule", { Name: "watch" })(who),
    ],
    [
      "aws:TagKeys",
      "team",
      (who) =>
        askSns(conversation, who, "UntagResource", {
          ResourceArn: topic,
          "TagKeys.member.1": "team",
        }),
    ],
    ["aws:TagKeys", "team", (who) => kms("UntagResource", untagging)(who)],
    [
      "aws:TagKeys",
      "team",
      (who) =>
        events("UntagResource", { ...untagging, ResourceARN: rule })(who),
    ],
    ["s3:authType", "REST-HEADER", list],
    ["s3:signatureversion", "AWS4-HMAC-SHA256", list],
    ["aws:UserAgent", "curl/8", list],
  ];
  for (const [name, value, ask, other = `${value}x`] of cases) {
    it(`is given: a Deny by ${name} bites, and no further`, async () => {
      const denied = (wanted: string): Statement => ({
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: {
          [lists.has(name) ? "ForAnyValue:StringEquals" : "StringEquals"]: {
            [name]: wanted,
          },
        },
      });
      const bound = await userUnder(
        conversation,
        "bound",
        allow("*"),
        denied(value),
      );
      const free = await userUnder(
        conversation,
        "free",
        allow("*"),
        denied(other),
      );
      assert.match((await ask(bound)).code, denial);
      const { code, text } = await ask(free);
      assert.equal(code, "ok", text);
    });
  }

  const trailing = {
    NumericLessThan: { "kms:TrailingDaysWithoutKeyUsage": "30" },
  };
  const doubts: readonly (readonly [
    what: string,
    statements: readonly Statement[],
    code: string,
  ])[] = [
    [
      "that a Deny asks for is told of",
      [
        allow("*"),
        {
          Effect: "Deny",
          Action: "kms:Disable*",
          Resource: "*",
          Condition: trailing,
        },
      ],
      "NotImplementedException",
    ],
    [
      "that an Allow asks for is told of",
      [{ ...allow("kms:*"), Condition: trailing }],
      "NotImplementedException",
    ],
    [
      "that a Deny of all but other actions asks for is told of",
      [
        allow("*"),
        {
          Effect: "Deny",
          NotAction: "iam:*",
          Resource: "*",
          Condition: trailing,
        },
      ],
      "NotImplementedException",
    ],
    [
      "that a variable asks for is told of",
      [
        allow(
          "kms:*",
          "arn:aws:kms:*:*:key/${kms:TrailingDaysWithoutKeyUsage}",
        ),
      ],
      "NotImplementedException",
    ],
    [
      "is no matter of a statement about other actions",
      [
        allow("*"),
        {
          Effect: "Deny",
          Action: "kms:ScheduleKeyDeletion",
          Resource: "*",
          Condition: trailing,
        },
      ],
      "ok",
    ],
    [
      "that AWS has for other actions only is absent, as there",
      [
        allow("*"),
        {
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: { StringEquals: { "ec2:InstanceType": "t3.nano" } },
        },
      ],
      "ok",
    ],
    [
      "does not keep back a refusal that stands without it",
      [
        {
          Effect: "Deny",
          Action: "kms:*",
          Resource: "*",
          Condition: trailing,
        },
      ],
      "AccessDeniedException",
    ],
  ];
  for (const [what, statements, code] of doubts) {
    it(`that the sandbox lacks and ${what}`, async () => {
      const who = await userUnder(conversation, "ada", ...statements);
      const answer = await kms("DisableKey")(who);
      assert.equal(answer.code, code, answer.text);
      if (code === "NotImplementedException") {
        assert.match(
          answer.text,
          /The sandbox, not AWS, lacks the condition key kms:TrailingDaysWithoutKeyUsage of kms:DisableKey/,
        );
      }
    });
  }

  for (const [operator, isTold] of [
    ["BinaryEquals", true],
    ["binaryequalsIfExists", true],
    ["ForAnyValue:BinaryEquals", true],
    ["StringEquals", false],
  ] as const) {
    it(`is ${isTold ? "not " : ""}compared by ${operator}`, async () => {
      const who = await userUnder(conversation, "ada", allow("*"), {
        Effect: "Deny",
        Action: "kms:*",
        Resource: "*",
        Condition: { [operator]: { "aws:username": "YWRh" } },
      });
      const { code, text } = await kms("DisableKey")(who);
      assert.equal(code, isTold ? "NotImplementedException" : "ok", text);
      if (isTold) assert.match(text, /the condition operator BinaryEquals/);
    });
  }
});
