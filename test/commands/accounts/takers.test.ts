import assert from "node:assert/strict";
import { takersOf } from "../../../commands/accounts/takers";
import type {
  LiveAccount,
  LiveRole,
} from "../../../commands/accounts/live-account";
import {
  account,
  bastionId,
  devId,
  ofService,
  role,
  root,
  several,
  statement,
  takes,
  trusting,
  user,
} from "../adopt/account";

const vendorId = "999999999999";
const oidc = `arn:aws:iam::${bastionId}:oidc-provider/gitlab.example.com`;

/** The takers of the role in an account that has these as well, as `kind name`. */
const takers = (
  trust: object,
  more: Pick<Partial<LiveAccount>, "users" | "roles"> = {},
  others: readonly LiveAccount[] = [],
) => {
  const asked = role("asked", trust);
  const own = account({ ...more, roles: [asked, ...(more.roles ?? [])] });
  return takersOf(asked, [own, ...others]).map(({ kind, name, doubt }) =>
    [kind, name.replace(/^arn:aws:iam::111111111111:/, ""), doubt ? "?" : ""]
      .join(" ")
      .trim(),
  );
};

const ec2Role = (more: Partial<LiveRole> = {}) =>
  role("app", trusting(ofService("ec2")), more);

describe("who may take a role", () => {
  it("are the account's users and roles that may ask for it, where it trusts their root", () => {
    assert.deepEqual(
      takers(trusting(root), {
        users: [user("ada", { inlinePolicies: [takes] }), user("bob")],
        roles: [ec2Role({ inlinePolicies: [takes] }), role("idle", {})],
      }),
      ["user user/ada", "role role/app"],
    );
    assert.deepEqual(takers(trusting(root), { roles: [ec2Role()] }), []);
  });

  it("is a role that it names, without a permission of that role's own", () => {
    const named = trusting({ AWS: `arn:aws:iam::${bastionId}:role/app` });
    assert.deepEqual(takers(named, { roles: [ec2Role()] }), ["role role/app"]);
  });

  it("is no role where it asks for MFA, which a role's session does not carry", () => {
    const withMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    assert.deepEqual(
      takers(trusting(root, withMfa), {
        users: [user("ada", { inlinePolicies: [takes] })],
        roles: [ec2Role({ inlinePolicies: [takes] })],
      }),
      ["user user/ada"],
    );
  });

  it("are services and tokens that it trusts beside people, each by its own statement", () => {
    assert.deepEqual(
      takers(
        several(
          statement(root),
          statement({ Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] }),
          statement(
            { Federated: oidc },
            { Action: "sts:AssumeRoleWithWebIdentity" },
          ),
        ),
      ),
      [
        "service lambda.amazonaws.com",
        "service ec2.amazonaws.com",
        "provider oidc-provider/gitlab.example.com",
      ],
    );
  });

  it("is no provider whose tokens can't get in", () => {
    assert.deepEqual(
      takers(trusting({ Federated: oidc })),
      [],
      "AssumeRole takes no token",
    );
  });

  it("are other accounts: a vendor with an external id, one role, anybody", () => {
    const vendor = { AWS: `arn:aws:iam::${vendorId}:root` };
    const withId = { StringEquals: { "sts:ExternalId": "of-the-vendor" } };
    assert.deepEqual(takers(trusting(vendor, withId)), [`outside ${vendorId}`]);
    const one = `arn:aws:iam::${vendorId}:role/ci`;
    assert.deepEqual(takers(trusting({ AWS: one })), [`outside ${one}`]);
    assert.ok(takers(trusting({ AWS: "*" })).includes("outside *"));
  });

  it("are of an account that was read those alone who may ask", () => {
    const dev = account({
      accountId: devId,
      roles: [role("ci", {}, { inlinePolicies: [takes] }, devId)],
    });
    const trust = trusting({ AWS: `arn:aws:iam::${devId}:root` });
    assert.deepEqual(takers(trust, {}, [dev]), [
      `role arn:aws:iam::${devId}:role/ci`,
    ]);
    assert.deepEqual(takers(trust), [`outside ${devId}`]);
    const named = trusting({ AWS: `arn:aws:iam::${devId}:role/ci` });
    const idle = account({
      accountId: devId,
      roles: [role("ci", {}, {}, devId)],
    });
    assert.deepEqual(takers(named, {}, [idle]), [], "its own side must allow");
  });

  it("may be whoever is behind an id, or a policy that can't be read", () => {
    assert.deepEqual(takers(trusting({ AWS: "AROAEXAMPLEEXAMPLE234" })), [
      "not known AROAEXAMPLEEXAMPLE234 ?",
    ]);
    const unreadable = { name: "odd", text: "{" };
    assert.deepEqual(
      takers(trusting(root), {
        roles: [ec2Role({ inlinePolicies: [unreadable] })],
      }),
      ["role role/app ?"],
    );
    const [unread] = takersOf({ ...role("asked", {}), trust: "{" }, [
      account(),
    ]);
    assert.match(unread?.doubt ?? "", /trust policy of asked can't be read/);
  });
});
