import assert from "node:assert/strict";
import type { SandboxAws } from "../../../sandbox/aws";
import {
  deploymentIn,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import { bastionId, startTwoAccounts, iamOf } from "./clients";
import { CreateAccessKeyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { requestBytes, sendBytes, sign, type PlainRequest } from "./fuzz/wire";

const form = (fields: Readonly<Record<string, string>>): PlainRequest => ({
  method: "POST",
  path: "/",
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams(fields).toString(),
});

const json = (target: string, body: object): PlainRequest => ({
  method: "POST",
  path: "/",
  headers: { "x-amz-target": target },
  body: JSON.stringify(body),
});

const put = (path: string): PlainRequest => ({
  method: "PUT",
  path,
  headers: {},
  body: "",
});

const role = `arn:aws:iam::${bastionId}:role/reader`;
const takeRole = (more: Readonly<Record<string, string>>) =>
  form({
    Action: "AssumeRole",
    RoleArn: role,
    RoleSessionName: "ada",
    ...more,
  });

/** What an administrator asks for, with the code and a part of the message that it gets. */
const mistakes: readonly (readonly [
  what: string,
  service: string,
  request: PlainRequest,
  code: string,
  message: string,
])[] = [
  [
    "a name with a space, where a pattern says what it is made of",
    "sts",
    takeRole({ RoleSessionName: "a da" }),
    "ValidationError",
    "1 validation error detected: Value &apos;a da&apos; at &apos;roleSessionName&apos; failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
  ],
  [
    "a code of three digits and a serial with spaces, both at once",
    "sts",
    takeRole({ SerialNumber: "a phone of ada", TokenCode: "123" }),
    "ValidationError",
    "2 validation errors detected: Value &apos;a phone of ada&apos; at &apos;serialNumber&apos;",
  ],
  [
    "nothing where something is required",
    "sts",
    form({ Action: "AssumeRole", RoleArn: role }),
    "ValidationError",
    "Value null at &apos;roleSessionName&apos; failed to satisfy constraint: Member must not be null",
  ],
  [
    "a number that is out of bounds",
    "sts",
    takeRole({ DurationSeconds: "899" }),
    "ValidationError",
    "Member must have value greater than or equal to 900",
  ],
  [
    "text for a number",
    "sts",
    takeRole({ DurationSeconds: "long" }),
    "MalformedInput",
    "DurationSeconds: found &apos;long&apos;, expected a whole number",
  ],
  [
    "a word that is none of AWS's",
    "iam",
    form({ Action: "ListPolicies", Scope: "Mine" }),
    "ValidationError",
    "Member must satisfy enum value set: [All, AWS, Local]",
  ],
  [
    "a name outside IAM's alphabet, in IAM's own words",
    "iam",
    form({ Action: "GetUser", UserName: "a da" }),
    "ValidationError",
    "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
  ],
  [
    "a tag without a key",
    "iam",
    form({ Action: "TagUser", UserName: "a", "Tags.member.1.Value": "b" }),
    "ValidationError",
    "Value null at &apos;tags.1.member.key&apos;",
  ],
  [
    "a parameter that AWS does not have",
    "iam",
    form({ Action: "GetUser", UserNames: "ada" }),
    "ValidationError",
    "Unknown parameter UserNames",
  ],
  [
    "a password that is too long, without telling it",
    "iam",
    form({
      Action: "CreateLoginProfile",
      UserName: "a",
      Password: "secret".repeat(30),
    }),
    "ValidationError",
    "Value at &apos;password&apos; failed to satisfy constraint",
  ],
  [
    "an operation that AWS does not have",
    "iam",
    form({ Action: "CreateUsers" }),
    "InvalidAction",
    "Could not find operation CreateUsers",
  ],
  [
    "an operation that the sandbox lacks",
    "iam",
    form({ Action: "CreateDelegationRequest", Description: "d" }),
    "ValidationError",
    "at &apos;permissions&apos;",
  ],
  [
    "an operation that the sandbox lacks",
    "dynamodb",
    json("DynamoDB_20120810.DeleteTable", { TableName: "ledger" }),
    "NotImplementedException",
    "The sandbox, not AWS, lacks dynamodb:DeleteTable",
  ],
  [
    "a bucket to be made",
    "s3",
    put("/new-bucket"),
    "NotImplemented",
    "The sandbox, not AWS, lacks s3:CreateBucket",
  ],
  [
    "an operation of which it is not known which action it takes",
    "kms",
    json("TrentService.ReEncrypt", {
      CiphertextBlob: "aaaa",
      DestinationKeyId: "a",
    }),
    "NotImplementedException",
    "lacks kms:ReEncrypt; nothing was decided, since the sandbox does not know",
  ],
  [
    "a parameter that the sandbox lacks",
    "dynamodb",
    json("DynamoDB_20120810.Scan", { TableName: "ledger", IndexName: "byDay" }),
    "NotImplementedException",
    "The sandbox, not AWS, lacks IndexName of dynamodb:Scan",
  ],
  [
    "a name with a space, in JSON",
    "events",
    json("AWSEvents.DeleteRule", { Name: "a b" }),
    "ValidationException",
    "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ",
  ],
  [
    "a number for a text, in JSON",
    "dynamodb",
    json("DynamoDB_20120810.Scan", { TableName: 1 }),
    "SerializationException",
    "TableName: found a number, expected text",
  ],
  [
    "a name that AWS does not have, in JSON",
    "events",
    json("AWSEvents.ListRules", { Prefix: "a" }),
    "ValidationException",
    "Unknown parameter Prefix",
  ],
];

describe("A request that AWS's model does not let be", () => {
  let aws: SandboxAws;
  let administrator: ClientCredentials;
  let nobody: ClientCredentials;

  before(async () => {
    aws = await startTwoAccounts();
    administrator = await deploymentIn(aws, bastionId);
    const iam = iamOf(aws, administrator);
    await iam.send(new CreateUserCommand({ UserName: "ada" }));
    const { AccessKey: key } = await iam.send(
      new CreateAccessKeyCommand({ UserName: "ada" }),
    );
    nobody = {
      accessKeyId: key?.AccessKeyId ?? "",
      secretAccessKey: key?.SecretAccessKey ?? "",
    };
  });

  after(() => aws.close());

  const send = async (
    service: string,
    request: PlainRequest,
    credentials: ClientCredentials,
  ) =>
    sendBytes(
      aws.endpoint,
      requestBytes(await sign(request, { service, credentials })),
    );

  for (const [what, service, request, code, message] of mistakes) {
    it(`is refused for ${what} (${service})`, async () => {
      const { body } = await send(service, request, administrator);
      const plain = body.replaceAll("'", "&apos;");
      assert(body.includes(code), body);
      assert(plain.includes(message.replaceAll("'", "&apos;")), body);
    });
  }

  for (const [service, request] of [
    ["s3", put("/new-bucket")],
    [
      "dynamodb",
      json("DynamoDB_20120810.CreateTable", { TableName: "ledger-2" }),
    ],
    [
      "dynamodb",
      json("DynamoDB_20120810.DeleteTable", { TableName: "ledger" }),
    ],
    ["iam", form({ Action: "ListDelegationRequests" })],
    ["ec2", form({ Action: "RunInstances" })],
  ] as const) {
    const asked = `${request.method} ${request.path} ${request.headers["x-amz-target"] ?? request.body}`;
    it(`is decided first: ${service} ${asked}`, async () => {
      const { body } = await send(service, request, nobody);
      assert.match(body, /AccessDenied|UnauthorizedOperation/);
    });
  }

  it("is decided first by an action of another name, as HEAD of a bucket", async () => {
    const head = { ...put("/records"), method: "HEAD" };
    assert.equal((await send("s3", head, nobody)).status, 403);
    assert.equal((await send("s3", head, administrator)).status, 501);
  });
});
