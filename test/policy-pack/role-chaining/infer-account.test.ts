import { strict as assert } from "node:assert";
import { gatherIdentities } from "../../../policy-pack/identities/gather";
import type { Resource } from "../../../policy-pack/resources/resource";
import { inferAccounts } from "../../../policy-pack/role-chaining/infer-account";
import { dev, json, prod, service, trusts } from "../rules/documents";

/** A role of a provider that shows its account, or does not. */
const role = (
  name: string,
  provider: string,
  { trust = service, account }: { trust?: object; account?: string } = {},
): Resource => ({
  type: "aws:iam/role:Role",
  name,
  urn: `urn:pulumi:dev::orders::aws:iam/role:Role::${name}`,
  inputs: { name, assumeRolePolicy: json({ ...trust }) },
  outputs: {},
  provider: {
    urn: `urn:pulumi:dev::orders::pulumi:providers:aws::${provider}`,
    properties:
      account === undefined
        ? {}
        : { allowedAccountIds: JSON.stringify([account]) },
  },
  propertyDependencies: {},
});
const trusting = (name: string, account = dev) => ({
  trust: trusts({ AWS: `arn:aws:iam::${account}:role/${name}` }),
});
const accounts = (
  ...resources: readonly Resource[]
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    inferAccounts(gatherIdentities(resources).roles).map((one) => [
      one.name ?? "",
      one.account,
    ]),
  );

describe("the account of a role whose provider does not show it", () => {
  it("is that of the ARN by which another role of the stack trusts it", () => {
    assert.deepEqual(
      accounts(
        role("Middle", "own"),
        role("Strong", "own", trusting("Middle")),
      ),
      { Middle: dev, Strong: dev },
    );
  });

  it("stays unknown where no trust names a role of the stack", () => {
    assert.deepEqual(
      accounts(role("Middle", "own"), role("Strong", "own", trusting("Other"))),
      { Middle: undefined, Strong: undefined },
    );
  });

  it("is not taken from a role of another provider", () => {
    assert.deepEqual(
      accounts(
        role("Middle", "own"),
        role("Strong", "other", trusting("Middle")),
      ),
      { Middle: dev, Strong: undefined },
    );
  });

  it("never takes the place of one that the provider shows", () => {
    assert.deepEqual(
      accounts(
        role("Middle", "own", { account: prod }),
        role("Strong", "own", { ...trusting("Middle"), account: prod }),
      ),
      { Middle: prod, Strong: prod },
    );
  });
});
