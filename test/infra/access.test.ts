import assert from "node:assert/strict";
import { assumeRole, userMay, type Mfa } from "../access/decide";
import { plannedRoles, plannedUsers } from "../access/planned";
import { bastionConfig } from "./config-of";

const config = bastionConfig(`
bastionAccountId: "111111111111"
accounts:
  dev: { id: "222222222222" }
  prod: { id: "033333333333" }
everybody: [{ roles: [ReadOnly], accounts: all }]
teams:
  operations: { grants: [{ roles: [OpsSudo, PowerUser], accounts: all }] }
  developers: { grants: [{ roles: [PowerUser], accounts: [dev] }] }
users:
  ada: { teams: [operations] }
  bashir: { teams: [developers] }
  dolores: { teams: [operations], programmaticAccess: false }
`);
const users = plannedUsers(config);
const roles = plannedRoles(config);
const user = (name: string) =>
  users.find((one) => one.name === name) ?? assert.fail(`no user ${name}`);
const role = (account: string, name: string) =>
  roles.find((one) => one.arn === `arn:aws:iam::${account}:role/${name}`) ??
  assert.fail(`no role ${name} in ${account}`);
const fresh: Mfa = { kind: "with", ageSeconds: 60 };
const dev = "222222222222";
const prod = "033333333333";

describe("who gets in where", () => {
  it("lets a user with MFA take a role of their team", async () => {
    assert.equal(
      await assumeRole(user("bashir"), role(dev, "PowerUser"), { mfa: fresh }),
      true,
    );
  });

  it("keeps a user out of an account where their team has no role", async () => {
    assert.equal(
      await assumeRole(user("bashir"), role(prod, "PowerUser"), { mfa: fresh }),
      false,
    );
  });

  it("keeps everyone out without MFA, whether by access key or by session", async () => {
    for (const one of users) {
      for (const target of roles) {
        for (const kind of ["no key", "without"] as const) {
          assert.equal(
            await assumeRole(one, target, { mfa: { kind } }),
            false,
            `${one.name} ${target.arn}`,
          );
        }
      }
    }
  });

  it("closes OpsSudo when the MFA is an hour old, and the other roles when it is 12", async () => {
    const ada = user("ada");
    const at = (ageSeconds: number) => ({
      mfa: { kind: "with", ageSeconds } as const,
    });
    assert.equal(await assumeRole(ada, role(prod, "OpsSudo"), at(3_599)), true);
    assert.equal(
      await assumeRole(ada, role(prod, "OpsSudo"), at(3_600)),
      false,
    );
    assert.equal(
      await assumeRole(ada, role(prod, "ReadOnly"), at(43_199)),
      true,
    );
    assert.equal(
      await assumeRole(ada, role(prod, "ReadOnly"), at(43_200)),
      false,
    );
  });

  it("closes OpsSudo without TLS", async () => {
    assert.equal(
      await assumeRole(user("ada"), role(prod, "OpsSudo"), {
        mfa: fresh,
        secureTransport: false,
      }),
      false,
    );
  });

  it("keeps a user from going by another's name in the session", async () => {
    assert.equal(
      await assumeRole(user("ada"), role(prod, "ReadOnly"), {
        mfa: fresh,
        sessionName: "bashir",
      }),
      false,
    );
  });

  it("keeps a role of the bastion account out, even with MFA in its context", async () => {
    const ada = user("ada");
    const asRole = { ...ada, arn: "arn:aws:iam::111111111111:role/ada" };
    assert.equal(
      await assumeRole(asRole, role(prod, "ReadOnly"), { mfa: fresh }),
      false,
    );
  });

  it("keeps users of another account out", async () => {
    const stranger = {
      ...user("ada"),
      arn: "arn:aws:iam::444444444444:user/ada",
    };
    assert.equal(
      await assumeRole(stranger, role(prod, "ReadOnly"), { mfa: fresh }),
      false,
    );
  });
});

describe("what a user may do for themselves", () => {
  const own = (name: string) => `arn:aws:iam::111111111111:user/${name}`;
  const console_: Mfa = { kind: "without" };
  const accessKey: Mfa = { kind: "no key" };

  it("changes a first password and enrols MFA from the console, before there is MFA", async () => {
    for (const action of [
      "iam:ChangePassword",
      "iam:EnableMFADevice",
      "iam:ListMFADevices",
    ]) {
      assert.equal(
        await userMay(user("ada"), action, own("ada"), console_),
        true,
        action,
      );
    }
    const device = "arn:aws:iam::111111111111:mfa/any-name";
    assert.equal(
      await userMay(
        user("ada"),
        "iam:CreateVirtualMFADevice",
        device,
        console_,
      ),
      true,
    );
  });

  it("does nothing else before there is MFA", async () => {
    for (const action of [
      "iam:CreateAccessKey",
      "iam:DeactivateMFADevice",
      "iam:ListAccessKeys",
    ]) {
      assert.equal(
        await userMay(user("ada"), action, own("ada"), console_),
        false,
        action,
      );
      assert.equal(
        await userMay(user("ada"), action, own("ada"), accessKey),
        false,
        action,
      );
      assert.equal(
        await userMay(user("ada"), action, own("ada"), fresh),
        true,
        action,
      );
    }
  });

  it("changes devices and keys with MFA of less than an hour, and looks at them with any", async () => {
    const at = (ageSeconds: number): Mfa => ({ kind: "with", ageSeconds });
    for (const action of [
      "iam:CreateAccessKey",
      "iam:DeactivateMFADevice",
      "iam:DeleteAccessKey",
      "iam:EnableMFADevice",
      "iam:ResyncMFADevice",
      "iam:UpdateAccessKey",
    ]) {
      const may = (mfa: Mfa) => userMay(user("ada"), action, own("ada"), mfa);
      assert.equal(await may(at(3_599)), true, action);
      assert.equal(await may(at(3_600)), false, action);
    }
    for (const action of ["iam:ChangePassword", "iam:ListAccessKeys"]) {
      assert.equal(
        await userMay(user("ada"), action, own("ada"), at(129_600)),
        true,
        action,
      );
    }
  });

  it("does not enrol a device with a bare access key, which may be stolen", async () => {
    assert.equal(
      await userMay(user("ada"), "iam:EnableMFADevice", own("ada"), accessKey),
      false,
    );
  });

  it("never sets a password without giving the old one, not even with MFA", async () => {
    for (const action of ["iam:UpdateLoginProfile", "iam:CreateLoginProfile"]) {
      assert.equal(
        await userMay(user("ada"), action, own("ada"), fresh),
        false,
        action,
      );
    }
  });

  it("touches nobody else's user", async () => {
    for (const action of [
      "iam:EnableMFADevice",
      "iam:DeactivateMFADevice",
      "iam:CreateAccessKey",
    ]) {
      assert.equal(
        await userMay(user("ada"), action, own("bashir"), fresh),
        false,
        action,
      );
    }
  });

  it("makes no access key without programmatic access, and can't use an old one", async () => {
    const dolores = user("dolores");
    assert.equal(
      await userMay(dolores, "iam:CreateAccessKey", own("dolores"), fresh),
      false,
    );
    assert.equal(
      await userMay(dolores, "iam:GetUser", own("dolores"), accessKey),
      false,
    );
    assert.equal(
      await userMay(dolores, "iam:GetUser", own("dolores"), fresh),
      true,
    );
    assert.equal(
      await userMay(dolores, "sts:GetSessionToken", "*", accessKey),
      false,
    );
    assert.equal(
      await userMay(user("ada"), "sts:GetSessionToken", "*", accessKey),
      true,
    );
  });
});
