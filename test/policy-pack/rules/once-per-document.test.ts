import assert from "node:assert/strict";
import { judge, type Declared } from "../pack";
import { json, mfa, root, trusts } from "./documents";
import { resource, role } from "./resources";

const [own, other] = ["444444444444", "555555555555"];
const document = json(trusts({ AWS: root(own) }, { Condition: mfa }));
const roleIn = (name: string, account: string): Declared =>
  role(name, { assumeRolePolicy: document }, { provider: account });

/** The same policy in a VPC and out of it. */
const domain = (name: string, more: object): Declared =>
  resource("aws:opensearch/domain:Domain", name, {
    accessPolicies: json({
      Effect: "Allow",
      Principal: "*",
      Action: "es:ESHttpGet",
      Resource: "*",
    }),
    ...more,
  });

const foundBy = (
  rule: string,
  resources: readonly Declared[],
  accounts: readonly string[] = [],
): readonly string[] =>
  judge({
    resources,
    config: { organisation: { bastionAccountId: "111111111111", accounts } },
  })
    .filter((one) => one.rule === rule)
    .map((one) => one.resource);

describe("a document that several resources have", () => {
  const rule = "known-accounts-only";

  it("is judged in each account that it stands in", () => {
    const [here, there] = [roleIn("here", own), roleIn("there", other)];
    assert.deepEqual(foundBy(rule, [here, there]), ["there"]);
    assert.deepEqual(foundBy(rule, [there, here]), ["there"]);
  });

  it("is judged inside and outside of a VPC", () => {
    const inside = domain("inside", {
      vpcOptions: { subnetIds: ["subnet-1"] },
    });
    const outside = domain("outside", {});
    assert.deepEqual(foundBy(rule, [inside, outside]), ["outside"]);
    assert.deepEqual(foundBy(rule, [outside, inside]), ["outside"]);
  });

  it("is judged by each config", () => {
    const there = roleIn("there", other);
    assert.deepEqual(foundBy(rule, [there], [own]), []);
    assert.deepEqual(foundBy(rule, [there]), ["there"]);
  });

  it("is found at each resource that has it", () => {
    const all = [roleIn("one", other), roleIn("two", other)];
    assert.deepEqual(foundBy(rule, all), ["one", "two"]);
  });
});
