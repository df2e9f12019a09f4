import assert from "node:assert/strict";
import * as iam from "@aws-sdk/client-iam";
import { decrypt, generateKey, readMessage, readPrivateKey } from "openpgp";
import { secretIn } from "./connection";
import {
  bastionId,
  into,
  startRunningProvider,
  type RunningProvider,
} from "./running-provider";

const userType = "aws:iam/user:User";
const profileType = "aws:iam/userLoginProfile:UserLoginProfile";

describe("the provider", () => {
  let running: RunningProvider;

  beforeEach(async () => {
    running = await startRunningProvider();
  });

  afterEach(() => running.close());

  it("marks an access key's secret and a device's seed as secrets", async () => {
    const connection = await running.connect(into(bastionId));
    await connection.create(userType, { name: "ada" });
    const key = await connection.create("aws:iam/accessKey:AccessKey", {
      user: "ada",
    });
    assert.equal(
      secretIn(key.state["secret"]),
      running.aws.cloud.accounts
        .get(bastionId)
        ?.users.get("ada")
        ?.accessKeys.get(key.id)?.secret,
    );
    const device = await connection.create(
      "aws:iam/virtualMfaDevice:VirtualMfaDevice",
      { virtualMfaDeviceName: "phone" },
    );
    assert.equal(
      secretIn(device.state["base32StringSeed"]),
      running.aws.cloud.accounts.get(bastionId)?.mfaDevices.get(device.id)
        ?.seed,
    );
  });

  describe("makes a first password that", () => {
    it("is a secret in the state when there is no key", async () => {
      const connection = await running.connect(into(bastionId));
      await connection.create(userType, { name: "ada" });
      const { state } = await connection.create(profileType, {
        user: "ada",
        passwordLength: 24,
      });
      const password = secretIn(state["password"]);
      assert.equal(typeof password, "string");
      assert.equal(String(password).length, 24);
    });

    it("only the holder of the key can read", async () => {
      const connection = await running.connect(into(bastionId));
      await connection.create(userType, { name: "ada" });
      const { privateKey, publicKey } = await generateKey({
        userIDs: [{ name: "Ada" }],
        format: "object",
      });
      const { state } = await connection.create(profileType, {
        user: "ada",
        pgpKey: Buffer.from(publicKey.write()).toString("base64"),
      });
      assert.equal(state["password"], undefined);
      assert.equal(state["keyFingerprint"], publicKey.getFingerprint());
      // Its types are those of a browser.
      const decrypted: unknown = await decrypt({
        message: await readMessage({
          binaryMessage: Buffer.from(
            String(state["encryptedPassword"]),
            "base64",
          ),
        }),
        decryptionKeys: await readPrivateKey({
          binaryKey: privateKey.write(),
        }),
      });
      const live = running.aws.cloud.accounts
        .get(bastionId)
        ?.users.get("ada")?.loginProfile;
      assert.equal((decrypted as { data: unknown }).data, live?.password);
    });

    it("is not made when the key can't be read", async () => {
      const connection = await running.connect(into(bastionId));
      await connection.create(userType, { name: "ada" });
      await assert.rejects(
        connection.create(profileType, {
          user: "ada",
          pgpKey: Buffer.from("no key").toString("base64"),
        }),
      );
      const ada = running.aws.cloud.accounts.get(bastionId)?.users.get("ada");
      assert.ok(ada);
      assert.equal(ada.loginProfile, undefined);
    });

    it("a refresh tells to be the user's own once it was changed", async () => {
      const connection = await running.connect(into(bastionId));
      await connection.create(userType, { name: "ada" });
      const inputs = { user: "ada", passwordResetRequired: true };
      const first = await connection.create(profileType, inputs);
      const client = await running.administrator(bastionId);
      await client.send(
        new iam.UpdateLoginProfileCommand({
          UserName: "ada",
          PasswordResetRequired: false,
        }),
      );
      const changed = await connection.refresh(first);
      assert.ok(changed);
      assert.deepEqual((await connection.diff(changed, inputs)).replaces, [
        "passwordResetRequired",
      ]);
    });
  });
});
