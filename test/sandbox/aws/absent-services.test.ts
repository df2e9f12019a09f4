import assert from "node:assert/strict";
import { CreateAccessKeyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../sandbox/aws";
import { actionOf } from "../../../sandbox/aws/absent-operations/absent-operation";
import { services } from "../../../sandbox/aws/services";
import { serviceModel } from "../../../sandbox/aws/service-models/service-model";
import { sendSigned, type Credentials } from "../../../sandbox/signed-request";
import { deploymentIn } from "../../../sandbox/tour/people";
import { bastionId, iamOf, startTwoAccounts } from "./clients";

const form = "application/x-www-form-urlencoded";
const json = "application/x-amz-json-1.1";

/** Requests as AWS's SDKs send them, each in the protocol of its service. */
const requests = [
  {
    service: "sqs",
    method: "POST",
    headers: { "content-type": json, "x-amz-target": "AmazonSQS.ListQueues" },
    body: "{}",
    says: "JSON",
    isDecided: true,
  },
  {
    service: "cloudformation",
    method: "POST",
    headers: { "content-type": form },
    body: "Action=DescribeStacks&Version=2010-05-15",
    says: "XML",
    isDecided: true,
  },
  {
    service: "monitoring",
    method: "POST",
    headers: { "content-type": form },
    body: "Action=DescribeAlarms&Version=2010-08-01",
    says: "XML",
    isDecided: true,
  },
  {
    service: "lambda",
    method: "GET",
    headers: {},
    says: "JSON",
    isDecided: false,
  },
  {
    service: "route53",
    method: "GET",
    headers: {},
    says: "XML",
    isDecided: false,
  },
] as const;

/** The refusal in a body of either form. */
const refusals = {
  JSON: (text: string) => {
    const { __type: code, message } = JSON.parse(text) as Record<
      string,
      string
    >;
    return { code: code?.replace(/Exception$/, ""), message };
  },
  XML: (text: string) => {
    const [, code] = /<Code>(.*)<\/Code>/.exec(text) ?? [];
    const [, message] = /<Message>(.*)<\/Message>/.exec(text) ?? [];
    return { code, message };
  },
};

describe("a service that the sandbox lacks", () => {
  let aws: SandboxAws;
  let administrator: Credentials;
  let nobody: Credentials;

  before(async () => {
    aws = await startTwoAccounts();
    administrator = await deploymentIn(aws, bastionId);
    const user = { UserName: "ada" };
    const iam = iamOf(aws, administrator);
    await iam.send(new CreateUserCommand(user));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand(user));
    nobody = {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    };
  });

  after(() => aws.close());

  for (const { says, isDecided, ...request } of requests) {
    const send = (who: Credentials) =>
      sendSigned(aws.endpoint, who, { region: "us-east-1", ...request });

    it(`is named, and that AWS has it, in ${says} to ${request.service}`, async () => {
      const { status, text } = await send(administrator);
      assert.equal(status, 501);
      const { code, message = "" } = refusals[says](text);
      assert.equal(code, "NotImplemented");
      assert.ok(
        message.startsWith(
          `The sandbox, not AWS, lacks the service ${request.service}: it has iam, sts, `,
        ),
        message,
      );
      assert.equal(message.includes("nothing was decided"), !isDecided);
    });

    it(`is ${isDecided ? "decided before" : "not decided"}, in ${says} to ${request.service}`, async () => {
      const { status, text } = await send(nobody);
      assert.equal(status, isDecided ? (says === "JSON" ? 400 : 403) : 501);
      const { code } = refusals[says](text);
      assert.equal(code, isDecided ? "AccessDenied" : "NotImplemented");
    });

    it(`tells nobody who has not signed right, in ${says} to ${request.service}`, async () => {
      const { text } = await send({ ...nobody, secretAccessKey: "wrong" });
      assert.match(refusals[says](text).code ?? "", /^SignatureDoesNotMatch$/);
    });
  }
});

/** Newer than AWS's list of actions here, or of several actions, by what the request says. */
const unknown: Readonly<Partial<Record<string, RegExp>>> = {
  dynamodb: /^(Batch|)Execute(Statement|Transaction)$|^Transact|Bulk/,
  ec2: /./,
  iam: /^(AcquireRole|UpdateDelegationRequest|UpdateOpenIDConnectProvider)$/,
  kms: /^(Decapsulate|Encapsulate|ReEncrypt)$/,
  s3: /^(CreateSession|ListDirectoryBuckets|RenameObject|WriteGetObjectResponse)$/,
  sts: /^GetScopedCredentials$/,
};

describe("an operation that the sandbox lacks", () => {
  for (const [service, { operations }] of services) {
    it(`is known by its action of ${service}, but for a few`, async () => {
      const absent = Object.keys(serviceModel(service).operations).filter(
        (name) => !Object.hasOwn(operations, name),
      );
      for (const name of absent) {
        if (unknown[service]?.test(name)) continue;
        assert.ok(await actionOf(service, name), name);
      }
    });
  }

  it("may be allowed by an action of another name", async () => {
    assert.equal(await actionOf("s3", "HeadBucket"), "ListBucket");
    assert.equal(await actionOf("s3", "constructor"), undefined);
    assert.equal(await actionOf("kms", "ReEncrypt"), undefined);
  });
});
