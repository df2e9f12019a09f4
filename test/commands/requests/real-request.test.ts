import assert from "node:assert/strict";
import { realRequestWords } from "../../../commands/requests/real-request";
import { roleSessionCase } from "../../../policy-pack/decide/callers";
import { actionKey, literal, not } from "../../../policy-pack/decide/literal";
import { search, type Question } from "../../../policy-pack/decide/search";
import { readWell } from "../../policy-pack/decide/reading";

const role = roleSessionCase({
  account: "222222222222",
  partition: "aws",
  arn: "arn:aws:iam::222222222222:role/team",
});

function wordsOf(
  statements: readonly object[],
  given: Question["given"] = [],
): string {
  const text = { Version: "2012-10-17", Statement: statements };
  const question: Question = {
    layers: [[readWell(text, "identity")]],
    caller: role.caller,
    given: [...given, ...role.given],
    derived: role.derived,
  };
  const verdict = search(question);
  assert.ok(verdict.answer === "open");
  return realRequestWords(question, verdict.witness);
}

const allow = (Action: unknown, Resource: unknown = "*", more = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

describe("what a witness does, in words", () => {
  const cases: readonly (readonly [string, readonly object[], string])[] = [
    ["an action as it is", [allow("s3:GetObject")], "s3:GetObject"],
    [
      "an action as AWS writes it",
      [allow("S3:getobject", "arn:aws:s3:::logs/*")],
      "s3:GetObject on arn:aws:s3:::logs/*",
    ],
    [
      "a real action of a pattern",
      [allow("iam:Put*Policy", "arn:aws:iam::222222222222:role/app-*")],
      "iam:PutRolePolicy on arn:aws:iam::222222222222:role/app-*",
    ],
    [
      "one that no Deny closes",
      [
        allow("sqs:*"),
        { Effect: "Deny", NotAction: "sqs:Purge*", Resource: "*" },
      ],
      "sqs:PurgeQueue",
    ],
    [
      "one that works on such a resource",
      [allow("*", "arn:aws:sqs:eu-west-1:222222222222:orders")],
      "sqs:AddPermission on arn:aws:sqs:eu-west-1:222222222222:orders",
    ],
    ["of everything, what matters most", [allow("*")], "iam:AttachRolePolicy"],
    [
      "one of those that NotAction leaves",
      [
        {
          Effect: "Allow",
          NotAction: ["iam:*", "sts:*", "s3:*"],
          Resource: "*",
        },
      ],
      "ec2:AcceptAddressTransfer",
    ],
    [
      "one that the one NotAction leaves and the other does not",
      [
        { Effect: "Allow", NotAction: ["iam:*", "s3:Delete*"], Resource: "*" },
        {
          Effect: "Deny",
          NotAction: ["iam:*", "s3:Delete*", "organizations:*"],
          Resource: "*",
        },
      ],
      "organizations:AcceptHandshake",
    ],
    [
      "the pattern, where AWS has no such action",
      [allow("new-service:Do*")],
      "any action of new-service:Do*, of which AWS is not known to have one",
    ],
    [
      "an action that AWS does not have",
      [
        allow("s3:GetObjekt"),
        { Effect: "Deny", Action: "s3:Put*", Resource: "*" },
      ],
      "any action of s3:GetObjekt, of which AWS is not known to have one",
    ],
    [
      "what is allowed, where resources of no such kind are",
      [allow("sqs:ListQueues", "arn:aws:sqs:eu-west-1:222222222222:orders")],
      "any action of sqs:ListQueues",
    ],
  ];
  for (const [name, statements, words] of cases) {
    it(name, () => {
      assert.equal(wordsOf(statements), words);
    });
  }

  it("one that the question asks for", () => {
    const others = not(
      literal("StringEqualsIgnoreCase", actionKey, "SQS:AddPermission"),
    );
    assert.equal(
      wordsOf([allow("sqs:*")], [others]),
      "sqs:CancelMessageMoveTask",
    );
  });
});
