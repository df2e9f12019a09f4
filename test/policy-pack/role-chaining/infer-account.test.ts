import { strict as assert } from "node:assert";
import { gatherIdentities } from "../../../policy-pack/identities/gather";
import { inferAccounts } from "../../../policy-pack/role-chaining/infer-account";
import type { Declared } from "../pack";
import { readResources } from "../read-resources";
import { dev, foreign, json, prod, service, trusts } from "../rules/documents";
import { role as anyRole } from "../rules/resources";

/** A role of a provider that shows its account, or nothing but its region. */
const role = (
  name: string,
  region: string,
  { trust = service, account }: { trust?: object; account?: string } = {},
): Declared => ({
  ...anyRole(name, { assumeRolePolicy: json({ ...trust }) }),
  provider: account ?? { region },
});
const trusting = (name: string, account = dev) => ({
  trust: trusts({ AWS: `arn:aws:iam::${account}:role/${name}` }),
});
const accounts = (
  ...resources: readonly Declared[]
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    placed(...resources).map(({ name = "", account, mayBeElsewhere }) => {
      assert.equal(mayBeElsewhere, false);
      return [name, account];
    }),
  );
const placed = (...resources: readonly Declared[]) =>
  inferAccounts(gatherIdentities(readResources(...resources)).roles, [
    dev,
    prod,
  ]);

describe("the account of a role whose provider does not show it", () => {
  it("is that of the ARN by which another role of the stack trusts it", () => {
    assert.deepEqual(
      accounts(
        role("Middle", "eu-central-1"),
        role("Strong", "eu-central-1", trusting("Middle")),
      ),
      { Middle: dev, Strong: dev },
    );
  });

  it("stays unknown where no trust names a role of the stack", () => {
    assert.deepEqual(
      accounts(
        role("Middle", "eu-central-1"),
        role("Strong", "eu-central-1", trusting("Other")),
      ),
      { Middle: undefined, Strong: undefined },
    );
  });

  it("is not that of a stranger's role which is called like one of the stack", () => {
    assert.deepEqual(
      accounts(
        role("Middle", "eu-central-1"),
        role("Strong", "eu-central-1", trusting("Middle", foreign)),
      ),
      { Middle: undefined, Strong: undefined },
    );
    assert.deepEqual(
      accounts(
        role("Middle", "eu-central-1"),
        role("Other", "eu-central-1", trusting("Middle", foreign)),
        role("Strong", "eu-central-1", trusting("Middle")),
      ),
      { Middle: dev, Other: dev, Strong: dev },
    );
  });

  it("may be each of those that trusts of the stack name", () => {
    const found = placed(
      role("Middle", "eu-central-1"),
      role("Strong", "eu-central-1", trusting("Middle", prod)),
      role("Other", "us-east-1", trusting("Middle")),
      role("Own", "eu-central-1", { account: prod }),
    );
    assert.deepEqual(
      found.map(({ name, account, mayBeElsewhere }) => [
        name,
        account,
        mayBeElsewhere,
      ]),
      [
        ["Middle", prod, true],
        ["Middle", dev, true],
        ["Strong", prod, true],
        ["Strong", dev, true],
        ["Other", undefined, false],
        ["Own", prod, false],
      ],
    );
  });

  it("is not taken from a role of another provider", () => {
    assert.deepEqual(
      accounts(
        role("Middle", "eu-central-1"),
        role("Strong", "us-east-1", trusting("Middle")),
      ),
      { Middle: dev, Strong: undefined },
    );
  });

  it("never takes the place of one that the provider shows", () => {
    assert.deepEqual(
      accounts(
        role("Middle", "eu-central-1", { account: prod }),
        role("Strong", "eu-central-1", {
          ...trusting("Middle"),
          account: prod,
        }),
      ),
      { Middle: prod, Strong: prod },
    );
  });
});
