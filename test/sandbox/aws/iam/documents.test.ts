import { CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  allow,
  converse,
  policyText,
  refused,
  type Conversation,
} from "./conversation";

const good = allow("s3:GetObject");
const without = (element: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(good).filter(([key]) => key !== element));

const malformed: Readonly<Record<string, string>> = {
  "text that is no JSON": "{",
  "JSON that is no object": "null",
  "a list": "[]",
  "an unknown version": JSON.stringify({
    Version: "2020-01-01",
    Statement: [good],
  }),
  "an unknown element": JSON.stringify({ Statement: [good], Statements: [] }),
  "no statement": policyText(),
  "a statement without effect": policyText(without("Effect")),
  "a statement without action": policyText(without("Action")),
  "a statement without resource": policyText(without("Resource")),
  "an effect in small letters": policyText({ ...good, Effect: "allow" }),
  "both Action and NotAction": policyText({ ...good, NotAction: "s3:*" }),
  "both Resource and NotResource": policyText({ ...good, NotResource: "*" }),
  "a principal": policyText({ ...good, Principal: "*" }),
  "an unknown element of a statement": policyText({ ...good, Action2: "s3:*" }),
  "an unknown operator": policyText({
    ...good,
    Condition: { StringIs: { "aws:username": "ada" } },
  }),
  "an action without service": policyText({ ...good, Action: "GetObject" }),
  "a resource that is no ARN": policyText({ ...good, Resource: "bucket" }),
  "the same Sid twice": policyText(
    { ...good, Sid: "A" },
    { ...good, Sid: "A" },
  ),
  "a Sid with a space": policyText({ ...good, Sid: "A B" }),
};

const wellFormed: Readonly<Record<string, string>> = {
  "a single statement": JSON.stringify({
    Version: "2012-10-17",
    Statement: good,
  }),
  "the old version": JSON.stringify({ Version: "2008-10-17", Statement: good }),
  "two empty Sids": policyText({ ...good, Sid: "" }, { ...good, Sid: "" }),
  "a set operator": policyText({
    ...good,
    Condition: { "ForAnyValue:StringLike": { "aws:TagKeys": ["a*"] } },
  }),
  "an operator for what may be absent": policyText({
    ...good,
    Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
  }),
  "NotAction and NotResource": policyText({
    Effect: "Deny",
    NotAction: "iam:*",
    NotResource: "arn:aws:s3:::bucket/*",
  }),
};

describe("A policy document", () => {
  let conversation: Conversation;

  before(async () => {
    conversation = await converse();
    await conversation.iam.send(new CreateUserCommand({ UserName: "ada" }));
  });
  after(() => conversation.aws.close());

  const put = (PolicyDocument: string) =>
    conversation.iam.send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "p",
        PolicyDocument,
      }),
    );

  for (const [what, document] of Object.entries(malformed)) {
    it(`is refused with ${what}`, async () => {
      await refused(put(document), "MalformedPolicyDocument");
    });
  }

  for (const [what, document] of Object.entries(wellFormed)) {
    it(`is taken with ${what}`, async () => {
      await put(document);
    });
  }
});
