import assert from "node:assert/strict";
import {
  DeleteUserCommand,
  GetUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { decrypt, generateKey, readMessage, readPrivateKey } from "openpgp";
import { signIn } from "../../sandbox/aws/console-client";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import type { Stack } from "../../sandbox/stack";
import { clientConfig, Person } from "../../sandbox/tour/people";

const account = "111111111111";

describe("a newcomer's first day", () => {
  let sandbox: Sandbox;
  let stack: Stack;
  let firstPassword: string;

  before(async () => {
    const { privateKey, publicKey } = await generateKey({
      userIDs: [{ name: "Eve Newcomer" }],
      format: "object",
    });
    sandbox = await startSandbox({ progress: console.log });
    stack = await sandbox.stack(
      "bastion",
      [
        "config:",
        "  bastion-account:stack: bastion",
        "  bastion-account:users:",
        "    eve:",
        `      pgpKey: ${Buffer.from(publicKey.write()).toString("base64")}`,
      ].join("\n"),
    );
    await stack.up();
    const { users } = (await stack.outputs()) as {
      readonly users: Readonly<
        Record<string, { readonly encryptedPassword: string }>
      >;
    };
    // The library's types are those of a browser.
    const decrypted = (await decrypt({
      message: await readMessage({
        binaryMessage: Buffer.from(
          users["eve"]?.encryptedPassword ?? "",
          "base64",
        ),
      }),
      decryptionKeys: await readPrivateKey({ binaryKey: privateKey.write() }),
    })) as unknown as { readonly data: string };
    firstPassword = decrypted.data;
  });

  after(async () => {
    await sandbox.close();
  });

  it("begins with a password that only the holder of the PGP key can read", async () => {
    assert.ok(firstPassword.length >= 24);
    assert.ok(!(await stack.exported()).includes(firstPassword));
  });

  it("asks for a new password at the first sign-in, which the password policy accepts or not", async () => {
    const attempt = (newPassword?: string) =>
      signIn(sandbox.aws.endpoint, {
        account,
        userName: "eve",
        password: firstPassword,
        ...(newPassword === undefined ? {} : { newPassword }),
      });
    await assert.rejects(attempt(), { name: "PasswordChangeRequired" });
    await assert.rejects(attempt("short"), { name: "PasswordPolicyViolation" });
  });

  it("is no dead end: change the password, enrol MFA, sign in again, and work", async () => {
    const eve = new Person(sandbox.aws, account, "eve", firstPassword);
    const first = await eve.signInFirst();
    await eve.enrolMfa(first);
    const iam = new IAMClient(
      clientConfig(sandbox.aws, await eve.signInWithMfa()),
    );
    const { User } = await iam.send(new GetUserCommand({}));
    assert.equal(User?.UserName, "eve");
    await assert.rejects(iam.send(new DeleteUserCommand({ UserName: "eve" })), {
      name: "AccessDenied",
    });
  });

  it("lets nobody in without the code once there is a device", async () => {
    await assert.rejects(
      signIn(sandbox.aws.endpoint, {
        account,
        userName: "eve",
        password: "Own-password-of-eve-2?",
      }),
      { name: "AccessDenied" },
    );
  });

  it("changes nothing for the next deployment, though the password is another now", async () => {
    await stack.up("--refresh", "--expect-no-changes");
  });
});
