import { strict as assert } from "node:assert";
import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import {
  administratorOf,
  bastionId,
  conversationForEach,
  refused,
  userWithKey,
} from "./conversation";
import { enrol } from "./devices";

describe("IAM's credential report", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  const read = async (): Promise<readonly Record<string, string>[]> => {
    const { Content } = await send(new GetCredentialReportCommand({}));
    const [header = "", ...rows] = Buffer.from(Content ?? [])
      .toString()
      .split("\n");
    return rows.map((row) => {
      const cells = row.split(",");
      return Object.fromEntries(
        header.split(",").map((column, index) => [column, cells[index] ?? ""]),
      );
    });
  };

  it("shows who has what, once it was asked for", async () => {
    await refused(read(), "CredentialReportNotPresent");
    const own = await userWithKey(conversation, "ada");
    await refused(own.send(new GetUserCommand({})), "AccessDenied");
    await send(
      new CreateLoginProfileCommand({
        UserName: "ada",
        Password: "Correct-horse-1",
      }),
    );
    await enrol(conversation, "ada", "phone");
    const first = await send(new GenerateCredentialReportCommand({}));
    assert.equal(first.State, "STARTED");
    const second = await send(new GenerateCredentialReportCommand({}));
    assert.equal(second.State, "COMPLETE");

    const [root, ada] = await read();
    assert(root && ada);
    assert.equal(root["user"], "<root_account>");
    assert.equal(Object.keys(root).length, 22);
    assert.equal(ada["arn"], `arn:aws:iam::${bastionId}:user/ada`);
    assert.equal(ada["password_enabled"], "true");
    assert.equal(ada["password_last_used"], "no_information");
    assert.equal(ada["mfa_active"], "true");
    assert.equal(ada["access_key_1_active"], "true");
    assert.equal(ada["access_key_1_last_used_service"], "iam");
    assert.equal(ada["access_key_2_active"], "false");
    assert.match(
      ada["user_creation_time"] ?? "",
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/,
    );
  });

  it("has root in its first row, as far as the sandbox knows it", async () => {
    const account = conversation.aws.cloud.accounts.get(bastionId);
    assert(account);
    const rootRow = async () => {
      await send(new GenerateCredentialReportCommand({}));
      const [root] = await read();
      return root ?? {};
    };
    const fresh = await rootRow();
    assert.equal(fresh["user"], "<root_account>");
    assert.equal(fresh["arn"], `arn:aws:iam::${bastionId}:root`);
    assert.equal(fresh["password_enabled"], "false");
    assert.equal(fresh["password_last_used"], "N/A");
    assert.equal(fresh["mfa_active"], "false");
    assert.equal(fresh["access_key_1_active"], "false");

    Object.assign(account.root, {
      hasPassword: true,
      hasMfa: true,
      accessKeys: 1,
    });
    conversation.aws.clock.advance(4 * 3_600);
    const iam = await administratorOf(conversation.aws, bastionId);
    Object.assign(conversation, { iam });
    const grown = await rootRow();
    assert.equal(grown["password_enabled"], "true");
    assert.equal(grown["password_last_used"], "no_information");
    assert.equal(grown["password_next_rotation"], "not_supported");
    assert.equal(grown["mfa_active"], "true");
    assert.equal(grown["access_key_1_active"], "true");
    assert.equal(
      grown["access_key_1_last_rotated"],
      grown["user_creation_time"],
    );
    assert.match(grown["user_creation_time"] ?? "", /^\d{4}-\d\d-\d\dT/);
    assert.equal(grown["access_key_2_active"], "false");
  });

  it("tells when a key was last changed, on or off", async () => {
    await userWithKey(conversation, "ada");
    conversation.aws.clock.advance(60);
    const { AccessKeyMetadata: [key] = [] } = await send(
      new ListAccessKeysCommand({ UserName: "ada" }),
    );
    await send(
      new UpdateAccessKeyCommand({
        UserName: "ada",
        AccessKeyId: key?.AccessKeyId,
        Status: "Inactive",
      }),
    );
    await send(new GenerateCredentialReportCommand({}));
    const [, ada] = await read();
    assert.equal(ada?.["access_key_1_active"], "false");
    const changed = new Date(ada["access_key_1_last_rotated"] ?? "");
    assert(key?.CreateDate);
    assert(changed.getTime() - key.CreateDate.getTime() >= 60_000);
  });

  it("has no region of a service without regions", async () => {
    await userWithKey(conversation, "ada");
    const account = conversation.aws.cloud.accounts.get(bastionId);
    const [key] = account?.users.get("ada")?.accessKeys.values() ?? [];
    assert(key);
    const at = conversation.aws.clock.now();
    key.lastUsed = { at, service: "s3", region: "eu-central-1" };
    await send(new GenerateCredentialReportCommand({}));
    const [, ada] = await read();
    assert.equal(ada?.["access_key_1_last_used_service"], "s3");
    assert.equal(ada["access_key_1_last_used_region"], "N/A");
  });

  it("lists users in the order of their names, whatever their case", async () => {
    for (const UserName of ["bob", "Carl", "ada"])
      await send(new CreateUserCommand({ UserName }));
    await send(new GenerateCredentialReportCommand({}));
    assert.deepEqual(
      (await read()).map(({ user }) => user),
      ["<root_account>", "ada", "bob", "Carl"],
    );
  });

  it("stays the same for four hours", async () => {
    await send(new GenerateCredentialReportCommand({}));
    await send(new CreateUserCommand({ UserName: "late" }));
    await send(new GenerateCredentialReportCommand({}));
    assert.equal((await read()).length, 1);
    conversation.aws.clock.advance(4 * 3_600);
    // The administrator's session has ended.
    const iam = await administratorOf(conversation.aws, bastionId);
    Object.assign(conversation, { iam });
    await refused(read(), "CredentialReportExpired");
    await send(new GenerateCredentialReportCommand({}));
    assert.deepEqual(
      (await read()).map(({ user }) => user),
      ["<root_account>", "late"],
    );
  });
});
