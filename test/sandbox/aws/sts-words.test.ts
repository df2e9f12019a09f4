import assert from "node:assert/strict";
import { EnableMFADeviceCommand } from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { issueToken } from "../../../sandbox/aws/tokens";
import { sendSigned } from "../../../sandbox/signed-request";
import { deploymentIn } from "../../../sandbox/tour/people";
import { stsOf } from "./clients";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
} from "./iam/conversation";

describe("A refusal", () => {
  const conversation = conversationForEach();
  const administrator = () => deploymentIn(conversation.aws, bastionId);
  const sts = async () => stsOf(conversation.aws, await administrator());

  for (const RoleArn of [
    `arn:aws:iam::${bastionId}:user/ada`,
    "arn:aws:iam::1234:role/short",
    "arn:aws:s3:::some-bucket/key",
    "no ARN, though long enough",
  ]) {
    it(`says that ${RoleArn} is no role's ARN`, async () => {
      const session = { RoleArn, RoleSessionName: "test" };
      const message = `${RoleArn} is invalid`;
      await refused(
        (await sts()).send(new AssumeRoleCommand(session)),
        "ValidationError",
        message,
      );
      const WebIdentityToken = issueToken({
        iss: "https://issuer.example",
        aud: "aws",
        sub: "repo",
        exp: Date.now() / 1_000 + 600,
      });
      await refused(
        (await sts()).send(
          new AssumeRoleWithWebIdentityCommand({
            ...session,
            WebIdentityToken,
          }),
        ),
        "ValidationError",
        message,
      );
    });
  }

  it("tells what is wrong with an MFA code, and does not repeat it", async () => {
    const SerialNumber = `arn:aws:iam::${bastionId}:mfa/ada`;
    const wrong = "98765";
    const silent = (where: string) =>
      new RegExp(`^(?!.*${wrong}).*Value at '${where}' failed to satisfy`);
    await refused(
      (await sts()).send(
        new GetSessionTokenCommand({ SerialNumber, TokenCode: wrong }),
      ),
      "ValidationError",
      silent("tokenCode"),
    );
    await refused(
      conversation.send(
        new EnableMFADeviceCommand({
          UserName: "ada",
          SerialNumber,
          AuthenticationCode1: wrong,
          AuthenticationCode2: "123456",
        }),
      ),
      "ValidationError",
      silent("authenticationCode1"),
    );
  });

  it("names the key's policy where that is what lacks", async () => {
    const kms = async (action: string, body: object) => {
      const { text } = await sendSigned(
        conversation.aws.endpoint,
        await administrator(),
        {
          service: "kms",
          region: "us-east-1",
          method: "POST",
          headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": `TrentService.${action}`,
          },
          body: JSON.stringify(body),
        },
      );
      return text;
    };
    const Policy = policyText({
      ...allow("kms:PutKeyPolicy"),
      Principal: { AWS: `arn:aws:iam::${bastionId}:root` },
    });
    const made = await kms("CreateKey", { Policy });
    const KeyId = /"KeyId":"([^"]+)"/.exec(made)?.[1];
    assert.match(
      await kms("DescribeKey", { KeyId }),
      /because no resource-based policy allows the kms:DescribeKey action/,
    );
  });
});
