import assert from "node:assert/strict";
import type { SandboxAws } from "../../../sandbox/aws";
import { sendSigned } from "../../../sandbox/signed-request";
import { startTwoAccounts } from "./clients";

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
  },
  {
    service: "cloudformation",
    method: "POST",
    headers: { "content-type": form },
    body: "Action=DescribeStacks&Version=2010-05-15",
    says: "XML",
  },
  { service: "lambda", method: "GET", headers: {}, says: "JSON" },
  { service: "route53", method: "GET", headers: {}, says: "XML" },
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

  before(async () => {
    aws = await startTwoAccounts();
  });

  after(() => aws.close());

  for (const { says, ...request } of requests) {
    const send = (secret = aws.deployment.secretAccessKey) =>
      sendSigned(
        aws.endpoint,
        { ...aws.deployment, secretAccessKey: secret },
        { region: "us-east-1", ...request },
      );

    it(`is named, and that AWS has it, in ${says} to ${request.service}`, async () => {
      const { status, text } = await send();
      assert.equal(status, 501);
      const { code, message = "" } = refusals[says](text);
      assert.equal(code, "NotImplemented");
      assert.ok(
        message.startsWith(
          `The sandbox, not AWS, lacks the service ${request.service}: it has iam, sts, `,
        ),
        message,
      );
    });

    it(`tells nobody who has not signed right, in ${says} to ${request.service}`, async () => {
      const { text } = await send("wrong");
      assert.match(refusals[says](text).code ?? "", /^SignatureDoesNotMatch$/);
    });
  }
});
