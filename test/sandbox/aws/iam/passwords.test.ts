import { strict as assert } from "node:assert";
import {
  ChangePasswordCommand,
  CreateLoginProfileCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteLoginProfileCommand,
  GetAccountPasswordPolicyCommand,
  GetLoginProfileCommand,
  PutUserPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import {
  bastionId,
  allow,
  conversationForEach,
  policyText,
  refused,
  userWithKey,
} from "./conversation";

const UserName = "ada";
const Password = "Correct-horse-1";

describe("IAM's passwords", () => {
  const conversation = conversationForEach();
  const { send } = conversation;
  let own: IAMClient;

  beforeEach(async () => {
    own = await userWithKey(conversation, UserName);
  });

  const create = (password = Password) =>
    send(
      new CreateLoginProfileCommand({
        UserName,
        Password: password,
        PasswordResetRequired: true,
      }),
    );
  const change = (OldPassword: string, NewPassword: string) =>
    own.send(new ChangePasswordCommand({ OldPassword, NewPassword }));
  const mayChange = () =>
    send(
      new PutUserPolicyCommand({
        UserName,
        PolicyName: "own-password",
        PolicyDocument: policyText(
          allow(
            "iam:ChangePassword",
            `arn:aws:iam::${bastionId}:user/\${aws:username}`,
          ),
        ),
      }),
    );

  it("are set, read about, and taken away", async () => {
    await create();
    await refused(
      create(),
      "EntityAlreadyExists",
      "Login Profile for user ada already exists.",
    );
    const { LoginProfile } = await send(
      new GetLoginProfileCommand({ UserName }),
    );
    assert.equal(LoginProfile?.PasswordResetRequired, true);
    await send(
      new UpdateLoginProfileCommand({ UserName, PasswordResetRequired: false }),
    );
    const updated = await send(new GetLoginProfileCommand({ UserName }));
    assert.equal(updated.LoginProfile?.PasswordResetRequired, false);
    await send(new DeleteLoginProfileCommand({ UserName }));
    await refused(
      send(new GetLoginProfileCommand({ UserName })),
      "NoSuchEntity",
      "Login Profile for User ada cannot be found.",
    );
  });

  it("are changed by their user, who knows the old one", async () => {
    await create();
    await mayChange();
    await refused(
      change("Wrong-horse-1", "Battery-staple-2"),
      "AccessDenied",
      "The old password was incorrect.",
    );
    await change(Password, "Battery-staple-2");
    await refused(change(Password, "Third-one-3"), "AccessDenied");
    const { LoginProfile } = await send(
      new GetLoginProfileCommand({ UserName }),
    );
    assert.equal(LoginProfile?.PasswordResetRequired, false);
  });

  it("are not changed by a user without one, nor by a role", async () => {
    await mayChange();
    await refused(change(Password, "Battery-staple-2"), "NoSuchEntity");
    await refused(
      send(
        new ChangePasswordCommand({
          OldPassword: Password,
          NewPassword: "Battery-staple-2",
        }),
      ),
      "InvalidUserType",
    );
  });

  it("are open to their users where the account says so, and nowhere else", async () => {
    await create();
    await refused(change(Password, "Battery-staple-2"), "AccessDenied");
    const policy = () => own.send(new GetAccountPasswordPolicyCommand({}));
    await refused(policy(), "AccessDenied");
    await send(
      new UpdateAccountPasswordPolicyCommand({
        AllowUsersToChangePassword: true,
      }),
    );
    await change(Password, "Battery-staple-2");
    const { PasswordPolicy } = await policy();
    assert.equal(PasswordPolicy?.AllowUsersToChangePassword, true);
  });

  it("stay closed by a deny, whatever the account says", async () => {
    await create();
    await send(
      new UpdateAccountPasswordPolicyCommand({
        AllowUsersToChangePassword: true,
      }),
    );
    await send(
      new PutUserPolicyCommand({
        UserName,
        PolicyName: "closed",
        PolicyDocument: policyText({
          Effect: "Deny",
          Action: "iam:ChangePassword",
          Resource: "*",
        }),
      }),
    );
    await refused(
      change(Password, "Battery-staple-2"),
      "AccessDenied",
      "explicit deny",
    );
  });

  it("are never told by an error", async () => {
    await refused(create("secret"), "PasswordPolicyViolation", /^(?!.*secret)/);
  });

  describe("under a policy", () => {
    const policy = {
      MinimumPasswordLength: 12,
      RequireSymbols: true,
      RequireNumbers: true,
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
      PasswordReusePrevention: 2,
      MaxPasswordAge: 90,
    };

    beforeEach(() => send(new UpdateAccountPasswordPolicyCommand(policy)));

    it("are asked for what it says, which is read back", async () => {
      const { PasswordPolicy } = await send(
        new GetAccountPasswordPolicyCommand({}),
      );
      assert.deepEqual(PasswordPolicy, {
        ...policy,
        AllowUsersToChangePassword: false,
        ExpirePasswords: true,
        HardExpiry: false,
      });
    });

    for (const [password, fault] of [
      ["Short-1", "minimum length of 12"],
      ["no-capitals-at-1", "uppercase"],
      ["NO-SMALL-ONES-1", "lowercase"],
      ["No-numbers-here", "number"],
      ["NoSymbolsHere1", "symbol"],
    ] as const) {
      it(`are refused where one lacks: ${fault}`, async () => {
        await refused(create(password), "PasswordPolicyViolation", fault);
      });
    }

    it("come back only after as many others as it says", async () => {
      await create();
      await mayChange();
      await change(Password, "Second-horse-2");
      await refused(
        change("Second-horse-2", Password),
        "PasswordPolicyViolation",
        "used before",
      );
      await change("Second-horse-2", "Third-horse-3");
      await change("Third-horse-3", Password);
    });

    it("are as free as before once it is gone", async () => {
      await send(new DeleteAccountPasswordPolicyCommand({}));
      await refused(
        send(new GetAccountPasswordPolicyCommand({})),
        "NoSuchEntity",
        `The Password Policy with domain name ${bastionId} cannot be found.`,
      );
      await create("Eight-8-");
    });
  });

  for (const [name, value] of [
    ["MinimumPasswordLength", 5],
    ["MinimumPasswordLength", 129],
    ["MaxPasswordAge", 1_096],
    ["PasswordReusePrevention", 25],
  ] as const) {
    it(`have no policy with ${name} ${value}`, async () => {
      await refused(
        send(new UpdateAccountPasswordPolicyCommand({ [name]: value })),
        "ValidationError",
      );
    });
  }

  it("of AWS's default kind have eight characters of three kinds", async () => {
    await refused(create("Short-1"), "PasswordPolicyViolation", "length of 8");
    await refused(create("lowercase-only"), "PasswordPolicyViolation", "three");
    await create("lower-and-1");
  });
});
