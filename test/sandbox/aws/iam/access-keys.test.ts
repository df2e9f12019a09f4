import { strict as assert } from "node:assert";
import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import {
  allow,
  conversationForEach,
  policyText,
  refused,
  userWithKey,
} from "./conversation";

describe("IAM's access keys", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  it("are two a user at most, and their last use is known", async () => {
    const UserName = "ada";
    const own = await userWithKey(conversation, UserName);
    await send(
      new PutUserPolicyCommand({
        UserName,
        PolicyName: "self",
        PolicyDocument: policyText(allow("iam:GetUser")),
      }),
    );
    await own.send(new GetUserCommand({}));
    const second = await send(new CreateAccessKeyCommand({ UserName }));
    await refused(
      send(new CreateAccessKeyCommand({ UserName })),
      "LimitExceeded",
      "Cannot exceed quota for AccessKeysPerUser: 2",
    );
    const { AccessKeyMetadata = [] } = await send(
      new ListAccessKeysCommand({ UserName }),
    );
    assert.equal(AccessKeyMetadata.length, 2);
    const used = await Promise.all(
      AccessKeyMetadata.map(async ({ AccessKeyId }) => {
        const { AccessKeyLastUsed } = await send(
          new GetAccessKeyLastUsedCommand({ AccessKeyId }),
        );
        return [
          AccessKeyId === second.AccessKey?.AccessKeyId,
          AccessKeyLastUsed?.ServiceName,
        ];
      }),
    );
    assert.deepEqual(used.sort(), [
      [false, "iam"],
      [true, "N/A"],
    ]);
  });

  it("sign nothing once they are made inactive", async () => {
    const UserName = "ada";
    const own = await userWithKey(conversation, UserName);
    const { AccessKeyMetadata: [key] = [] } = await send(
      new ListAccessKeysCommand({ UserName }),
    );
    await send(
      new UpdateAccessKeyCommand({
        UserName,
        AccessKeyId: key?.AccessKeyId,
        Status: "Inactive",
      }),
    );
    await refused(own.send(new GetUserCommand({})), "InvalidClientTokenId");
    await refused(
      send(
        new DeleteAccessKeyCommand({
          UserName,
          AccessKeyId: "AKIAAAAAAAAAAAAAAAAA",
        }),
      ),
      "NoSuchEntity",
      "The Access Key with id AKIAAAAAAAAAAAAAAAAA cannot be found.",
    );
  });
});
