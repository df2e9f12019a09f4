import { strict as assert } from "node:assert";
import { ManagedPolicies } from "../../../policy-pack/identities/managed-policies";
import { unknownText, type Declared } from "../pack";
import { readResources } from "../read-resources";
import { allow, dev, json, prod } from "../rules/documents";
import { iam, native } from "../rules/resources";

const saying = (Sid: string) => json(allow("s3:Get*", "*", { Sid }));
const policy = (
  name: string,
  inputs: object = {},
  more: Partial<Declared> = {},
): Declared => ({
  ...iam("Policy", name, { name: "Look", policy: saying(name), ...inputs }),
  ...more,
});
const arnIn = (account: string, path = "/") =>
  `arn:aws:iam::${account}:policy${path}Look`;

/** What an attachment names: the Sids of a document, or why there is none. */
function named(
  policyArn: unknown,
  policies: readonly Declared[] = [],
  more: Partial<Declared> = {},
): readonly string[] {
  const attachment = iam("RolePolicyAttachment", "a", { policyArn });
  const resources = readResources(...policies, { ...attachment, ...more });
  const [last] = resources.slice(-1);
  assert.ok(last);
  return new ManagedPolicies(resources)
    .namedBy(last, "policyArn")
    .map(({ content }) => {
      switch (content.kind) {
        case "document":
          return content.document.statements.map(({ sid }) => sid).join();
        case "unseen":
          return `unseen ${content.named}`;
        case "unknown":
          return `unknown ${content.path.join(".")}`;
        case "malformed":
          return "malformed";
      }
    });
}

describe("a managed policy that is named by its ARN", () => {
  it("is AWS's own, by its name in any partition", () => {
    for (const partition of ["aws", "aws-us-gov", "aws-cn"]) {
      const [sids = ""] = named(
        `arn:${partition}:iam::aws:policy/AWSDirectConnectReadOnlyAccess`,
      );
      assert.doesNotMatch(sids, /^(unseen|unknown|malformed)/);
    }
  });

  it("is one that nobody here has seen, where AWS has none of that name", () => {
    const arn = "arn:aws:iam::aws:policy/NoSuchAccess";
    assert.deepEqual(named(arn), [`unseen ${arn}`]);
  });

  it("is the stack's own, by path and name before it is deployed", () => {
    const atRoot = [policy("root")];
    const below = [policy("below", { path: "/teams/" })];
    assert.deepEqual(named(arnIn(dev), atRoot), ["root"]);
    assert.deepEqual(named(arnIn(dev, "/teams/"), below), ["below"]);
    for (const [arn, policies] of [
      [arnIn(dev), below],
      [arnIn(dev, "/teams/"), atRoot],
      [arnIn(prod), atRoot],
    ] as const) {
      assert.deepEqual(named(arn, policies), [`unseen ${arn}`]);
    }
  });

  it("is the stack's own in aws-native's form", () => {
    const own = native("ManagedPolicy", "own", {
      managedPolicyName: "Look",
      policyDocument: JSON.parse(saying("own")) as object,
    });
    assert.deepEqual(named(arnIn(dev), [own]), ["own"]);
  });

  it("is the stack's own, by its ARN alone once that is known", () => {
    const inputs = { name: "Look", policy: saying("own") };
    const deployed = (arn: string) =>
      policy("own", {}, { outputs: { ...inputs, arn } });
    assert.deepEqual(named(arnIn(dev), [deployed(arnIn(dev))]), ["own"]);
    assert.deepEqual(named(arnIn(dev), [deployed(arnIn(prod))]), [
      `unseen ${arnIn(dev)}`,
    ]);
  });

  it("is that of the ARN's account, where two accounts have one of that name", () => {
    const both = [policy("here"), policy("there", {}, { provider: prod })];
    assert.deepEqual(named(arnIn(dev), both), ["here"]);
    assert.deepEqual(named(arnIn(prod), both), ["there"]);
  });

  it("is that of the attachment's provider, where neither shows its account", () => {
    const of = (region: string) => ({ provider: { region } });
    const both = [
      policy("here", {}, of("eu-central-1")),
      policy("there", {}, of("us-east-1")),
    ];
    const arn = arnIn(dev);
    assert.deepEqual(named(arn, both, of("us-east-1")), ["there"]);
    assert.deepEqual(named(arn, both, of("sa-east-1")), [`unseen ${arn}`]);
  });

  it("is malformed where the stack's own document is, or the name is no text", () => {
    assert.deepEqual(named(arnIn(dev), [policy("own", { policy: "{" })]), [
      "malformed",
    ]);
    assert.deepEqual(named(7), ["malformed"]);
  });

  it("is behind a value that is not known yet, where the one policy is that it comes from", () => {
    const both = [policy("one"), policy("other", { name: "Other" })];
    const from = (...names: readonly string[]) => ({
      from: { policyArn: names },
    });
    assert.deepEqual(named(unknownText, both, from("other")), ["other"]);
    assert.deepEqual(named(unknownText, both, from("one", "other")), [
      "unknown policyArn",
    ]);
    assert.deepEqual(named(unknownText, both), ["unknown policyArn"]);
  });
});
