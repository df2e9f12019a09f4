import assert from "node:assert/strict";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { deploymentIn } from "../../../sandbox/tour/people";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
} from "./iam/conversation";
import { askJson, userUnder, type Statement } from "./service-calls";

describe("A rule that acts as a role takes the right to pass it, and", () => {
  const conversation = conversationForEach();
  const role = `arn:aws:iam::${bastionId}:role/forwarder`;
  const rule = `arn:aws:events:us-east-1:${bastionId}:rule/watch`;
  const pattern = JSON.stringify({ source: ["aws.sts"] });
  const pass = (Condition?: Statement): Statement => ({
    ...allow("iam:PassRole", role),
    ...(Condition ? { Condition } : {}),
  });
  const toService = (service: string): Statement =>
    pass({ StringEquals: { "iam:PassedToService": service } });
  const forRule = (arn: string): Statement =>
    pass({ ArnEquals: { "iam:AssociatedResourceArn": arn } });

  beforeEach(async () => {
    await conversation.send(
      new CreateRoleCommand({
        RoleName: "forwarder",
        AssumeRolePolicyDocument: policyText({
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      }),
    );
    const administrator = await deploymentIn(conversation.aws, bastionId);
    await askJson(conversation, administrator, "events", "PutRule", {
      Name: "watch",
      EventPattern: pattern,
    });
  });

  const cases: readonly (readonly [
    what: string,
    statements: readonly Statement[],
    isLetIn: boolean,
  ])[] = [
    ["refuses whoever has none", [], false],
    ["lets in whoever has it", [pass()], true],
    [
      "lets in whoever has it for EventBridge",
      [toService("events.amazonaws.com")],
      true,
    ],
    [
      "refuses whoever has it for another service",
      [toService("lambda.amazonaws.com")],
      false,
    ],
    ["lets in whoever has it for this rule", [forRule(rule)], true],
    ["refuses whoever has it for another rule", [forRule(`${rule}2`)], false],
  ];
  for (const [what, statements, isLetIn] of cases) {
    it(what, async () => {
      const who = await userUnder(
        conversation,
        "ada",
        allow("events:*"),
        ...statements,
      );
      const target = {
        Id: "queue",
        Arn: `arn:aws:sqs:us-east-1:${bastionId}:queue`,
      };
      const ask = (action: string, fields: Statement) =>
        askJson(conversation, who, "events", action, fields);
      const withRole = [
        await ask("PutTargets", {
          Rule: "watch",
          Targets: [target, { ...target, Id: "other", RoleArn: role }],
        }),
        await ask("PutRule", {
          Name: "watch",
          EventPattern: pattern,
          RoleArn: role,
        }),
      ];
      for (const { code } of withRole) {
        assert.equal(code, isLetIn ? "ok" : "AccessDeniedException");
      }
      const { code } = await ask("PutTargets", {
        Rule: "watch",
        Targets: [target],
      });
      assert.equal(code, "ok");
    });
  }
});
