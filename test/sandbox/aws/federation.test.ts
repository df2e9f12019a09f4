import assert from "node:assert/strict";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  type GetFederationTokenCommandInput,
} from "@aws-sdk/client-sts";
import { credentialsOf, sendSigned } from "../../../sandbox/signed-request";
import type { ClientCredentials } from "../../../sandbox/tour/people";
import { devId, iamOf, stsOf } from "./clients";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  readOnly,
  refused,
} from "./iam/conversation";

describe("Somebody whom a user federates", () => {
  const conversation = conversationForEach();
  const { send } = conversation;
  let ada: ClientCredentials;

  const grant = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
    send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "p",
        PolicyDocument: policyText(...statements),
      }),
    );

  beforeEach(async () => {
    await send(new CreateUserCommand({ UserName: "ada" }));
    await grant(allow("*"));
    const { AccessKey } = await send(
      new CreateAccessKeyCommand({ UserName: "ada" }),
    );
    assert(AccessKey?.AccessKeyId && AccessKey.SecretAccessKey);
    ada = {
      accessKeyId: AccessKey.AccessKeyId,
      secretAccessKey: AccessKey.SecretAccessKey,
    };
  });

  const sts = (by = ada) => stsOf(conversation.aws, by);
  const federate = (more: Partial<GetFederationTokenCommandInput> = {}) =>
    sts().send(new GetFederationTokenCommand({ Name: "guest", ...more }));
  const asGuest = async (more: Partial<GetFederationTokenCommandInput> = {}) =>
    credentialsOf((await federate(more)).Credentials);
  const describeInstances = async (by: ClientCredentials) => {
    const { text } = await sendSigned(conversation.aws.endpoint, by, {
      service: "ec2",
      region: "us-east-1",
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=DescribeInstances&Version=2016-11-15",
    });
    return text;
  };

  it("has a name and an ARN of their own", async () => {
    const { FederatedUser } = await federate();
    const Arn = `arn:aws:sts::${bastionId}:federated-user/guest`;
    assert.deepEqual(FederatedUser, {
      FederatedUserId: `${bastionId}:guest`,
      Arn,
    });
    const answer = await sts(await asGuest()).send(
      new GetCallerIdentityCommand({}),
    );
    assert.deepEqual(
      [answer.UserId, answer.Account, answer.Arn],
      [`${bastionId}:guest`, bastionId, Arn],
    );
  });

  it("has the user's rights inside the session's policies, and without these none", async () => {
    assert.match(
      await describeInstances(await asGuest()),
      /no session policy allows the ec2:DescribeInstances action/,
    );
    const reader = await asGuest({ PolicyArns: [{ arn: readOnly }] });
    assert.match(await describeInstances(reader), /DescribeInstancesResponse/);
    await grant(allow("sts:*"));
    assert.match(
      await describeInstances(reader),
      /no identity-based policy allows the ec2:DescribeInstances action/,
    );
  });

  it("has the session's tags, and not the user's", async () => {
    await grant(allow("sts:*"), {
      ...allow("ec2:*"),
      Condition: { StringEquals: { "aws:PrincipalTag/team": "a" } },
    });
    const PolicyArns = [{ arn: readOnly }];
    const Tags = [{ Key: "team", Value: "a" }];
    const tagged = await asGuest({ PolicyArns, Tags });
    assert.match(await describeInstances(tagged), /DescribeInstancesResponse/);
    const plain = await asGuest({ PolicyArns });
    assert.match(await describeInstances(plain), /UnauthorizedOperation/);
    await grant(allow("sts:GetFederationToken"));
    await refused(federate({ Tags }), "AccessDenied", "sts:TagSession");
    await federate();
  });

  it("calls nothing in IAM, and in STS only who they are", async () => {
    const guest = await asGuest({ Policy: policyText(allow("*")) });
    const iam = iamOf(conversation.aws, guest);
    await refused(iam.send(new ListUsersCommand({})), "InvalidClientTokenId");
    await refused(
      sts(guest).send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${bastionId}:role/OrganizationAccountAccessRole`,
          RoleSessionName: "guest",
        }),
      ),
      "InvalidClientTokenId",
    );
  });

  it("is let in only by a user who may", async () => {
    await grant(
      allow(
        "sts:GetFederationToken",
        `arn:aws:sts::${bastionId}:federated-user/guest`,
      ),
    );
    await federate();
    await refused(federate({ Name: "friend" }), "AccessDenied");
  });

  it("is let in by nobody with session credentials, which open no session at all", async () => {
    const { Credentials: token } = await sts().send(
      new GetSessionTokenCommand({}),
    );
    const { Credentials: role } = await sts(conversation.aws.deployment).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${devId}:role/OrganizationAccountAccessRole`,
        RoleSessionName: "test",
      }),
    );
    for (const session of [
      credentialsOf(token),
      credentialsOf(role),
      await asGuest({ Policy: policyText(allow("*")) }),
    ]) {
      for (const [name, command] of [
        ["GetFederationToken", new GetFederationTokenCommand({ Name: "eve" })],
        ["GetSessionToken", new GetSessionTokenCommand({})],
      ] as const) {
        await refused(
          sts(session).send(command as never),
          "AccessDenied",
          `Cannot call ${name} with session credentials`,
        );
      }
    }
  });

  it("leaves the account of any key to be asked for, where that is allowed", async () => {
    const account = async (AccessKeyId: string) =>
      (await sts().send(new GetAccessKeyInfoCommand({ AccessKeyId }))).Account;
    const { accessKeyId } = conversation.aws.deployment;
    assert.equal(await account(ada.accessKeyId), bastionId);
    assert.equal(
      await account(accessKeyId),
      conversation.aws.cloud.managementAccountId,
    );
    assert.equal(await account((await asGuest()).accessKeyId), bastionId);
    await refused(account("AKIAAAAAAAAAAAAAAAAA"), "ValidationError");
    await grant(allow("sts:GetCallerIdentity"));
    await refused(account(ada.accessKeyId), "AccessDenied");
  });

  it("finds no message that the sandbox encoded", async () => {
    await refused(
      sts().send(
        new DecodeAuthorizationMessageCommand({ EncodedMessage: "abc" }),
      ),
      "InvalidAuthorizationMessage",
      "the sandbox encodes no authorization messages",
    );
  });
});
