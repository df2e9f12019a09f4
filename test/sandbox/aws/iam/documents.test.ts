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

const until = (date: string): string =>
  policyText({
    ...good,
    Condition: { DateLessThan: { "aws:CurrentTime": date } },
  });

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
  "an element twice": policyText(good).replace(
    '"Effect"',
    '"Effect":"Deny","Effect"',
  ),
  "an element twice, once escaped": policyText(good).replace(
    '"Effect"',
    String.raw`"\u0045ffect":"Deny","Effect"`,
  ),
  "a condition twice": policyText({ ...good, Condition: {} }).replace(
    '"Condition":{}',
    '"Condition":{"Bool":{"a":"true","a":"false"}}',
  ),
  "no action in the list": policyText({ ...good, Action: [] }),
  "no resource in the list": policyText({ ...good, Resource: [] }),
  ...Object.fromEntries(
    [
      "arn:aws",
      "arn:error:s3:::b",
      "arn:aws:s3::b",
      "arn:aws::::b",
      "arn:aws:s3:us-east-1::b",
      "arn:aws:iam:us-east-1::user/ada",
      "arn:aws:iam:::ada",
    ].map((Resource) => [
      `the resource ${Resource}`,
      policyText({ ...good, Resource }),
    ]),
  ),
  ...Object.fromEntries(
    [
      "tomorrow",
      "234-13",
      "2016-12-13t2:00:00.593194+1",
      "2016-12-13t2:00:00.1999999999+10:59",
      "9223372036854775808",
    ].map((date) => [`the date ${date}`, until(date)]),
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
  ...Object.fromEntries(
    [
      "2019-07-01T13:20:15Z",
      "2016-12-13T21:20:37.593194+00:00",
      "2016-12-13t2:00:00.593194+23",
      "-292275054",
      "01T",
      "1700000000",
    ].map((date) => [`the date ${date}`, until(date)]),
  ),
  ...Object.fromEntries(
    [
      "arn:*:s3:::b",
      "arn:aws:fdsasf",
      "arn:aws:s3:us-west-2:123456789012:accesspoint/a/object/*",
      "arn:aws:iam::*:*",
      "arn:aws:iam::*:user/${aws:username}",
      "arn:aws:iam::123456789012:root",
    ].map((Resource) => [
      `the resource ${Resource}`,
      policyText({ ...good, Resource }),
    ]),
  ),
  "the same key in two objects": policyText(good, good),
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
