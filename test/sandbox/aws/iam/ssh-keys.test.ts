import { strict as assert } from "node:assert";
import { generateKeyPairSync } from "node:crypto";
import {
  CreateUserCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserCommand,
  GetSSHPublicKeyCommand,
  ListSSHPublicKeysCommand,
  UpdateSSHPublicKeyCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { conversationForEach, refused } from "./conversation";

const UserName = "ada";

/** Made by `ssh-keygen -t rsa -b 2048`; `ssh-keygen -l -E md5` tells the fingerprint. */
const line =
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDOyJQp+BSEdR/KCH4mieAP0ZP/neFaRe9fzRxONHB/tgL1GBDumPtfc8foeBrU56V6N8SQnxYrRLTQbQ6FgLNd8ANbk2LbTyW/uHb5YTqF+VEybsdb6ikkSCAN7AN2oR4e/kg/VCdFjEZMpgnl5QeRPRoM0PEtzoXHbNGN+A9eJCfJFLSkZL4gLuhoX5EsR25Wffv90qQg/TXjtvGrIudUTCDnR+npGigcT3jomtzicaZQUhsY9pwSOBNXLTuPyDMZKyFf46uuVPnM0aXKyA7DSzVDo6j9E+m3mRmru+dwC/szkquJxz/u03rFJtwKxagJRbW3SNIvNMSNfuJcOTGp ada@example.com";
const fingerprint = "bd:0e:27:60:ac:4f:60:fe:25:31:c8:16:87:c3:a4:6a";

const pem = (bits: number): string =>
  generateKeyPairSync("rsa", { modulusLength: bits })
    .publicKey.export({ type: "spki", format: "pem" })
    .toString();

describe("SSH public keys", () => {
  const { send } = conversationForEach();

  const upload = async (SSHPublicKeyBody: string) => {
    const { SSHPublicKey } = await send(
      new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }),
    );
    assert(SSHPublicKey);
    return SSHPublicKey;
  };
  const list = async () => {
    const { SSHPublicKeys } = await send(
      new ListSSHPublicKeysCommand({ UserName }),
    );
    return SSHPublicKeys ?? [];
  };
  const remove = (SSHPublicKeyId: string | undefined) =>
    send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId }));

  beforeEach(() => send(new CreateUserCommand({ UserName })));

  it("are uploaded, put aside and deleted", async () => {
    assert.deepEqual(await list(), []);
    const { SSHPublicKeyId, Fingerprint, Status } = await upload(line);
    assert.match(SSHPublicKeyId ?? "", /^APKA[A-Z2-7]{17}$/);
    assert.equal(Fingerprint, fingerprint);
    assert.equal(Status, "Active");
    await send(
      new UpdateSSHPublicKeyCommand({
        UserName,
        SSHPublicKeyId,
        Status: "Inactive",
      }),
    );
    assert.deepEqual(
      (await list()).map((key) => [key.SSHPublicKeyId, key.Status]),
      [[SSHPublicKeyId, "Inactive"]],
    );
    await remove(SSHPublicKeyId);
    assert.deepEqual(await list(), []);
    await refused(remove(SSHPublicKeyId), "NoSuchEntity");
  });

  it("are given as SSH's line and as PEM, which are the same key", async () => {
    const { SSHPublicKeyId } = await upload(line);
    const read = async (Encoding: "SSH" | "PEM") => {
      const { SSHPublicKey } = await send(
        new GetSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Encoding }),
      );
      return SSHPublicKey?.SSHPublicKeyBody ?? "";
    };
    assert.equal(await read("SSH"), line.replace(/ \S+$/, ""));
    const asPem = await read("PEM");
    assert.match(asPem, /^-----BEGIN PUBLIC KEY-----\n/);
    await refused(upload(asPem), "DuplicateSSHPublicKey");
  });

  for (const [what, body, code] of [
    ["text", "garbage", "UnrecognizedPublicKeyEncoding"],
    ["a line without a key", "ssh-rsa AAAA", "InvalidPublicKey"],
    ["a PEM without a key", "-----BEGIN PUBLIC KEY-----", "InvalidPublicKey"],
    ["a key of 1024 bits", pem(1_024), "InvalidPublicKey"],
    [
      "an elliptic curve",
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHJ5YW4gYW5kIGJyaWFuIGFuZCBhZGEgYW5kIGJv",
      "InvalidPublicKey",
    ],
  ] as const) {
    it(`are refused as ${what}`, async () => {
      await refused(upload(body), code);
      assert.deepEqual(await list(), []);
    });
  }

  it("are five a user", async () => {
    for (let index = 0; index < 5; index += 1) await upload(pem(2_048));
    await refused(
      upload(line),
      "LimitExceeded",
      "Cannot exceed quota for SSHPublicKeysPerUser: 5",
    );
  });

  it("hold their user against deletion", async () => {
    const { SSHPublicKeyId } = await upload(line);
    await refused(
      send(new DeleteUserCommand({ UserName })),
      "DeleteConflict",
      "Cannot delete entity, must remove referenced objects first.",
    );
    await remove(SSHPublicKeyId);
    await send(new DeleteUserCommand({ UserName }));
  });
});
