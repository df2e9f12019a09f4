import assert from "node:assert/strict";
import {
  sameDocument,
  samePolicies,
  sameSet,
  sameValue,
} from "../../../sandbox/provider/equality";

const statement = (parts: object): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*", ...parts }],
  });

describe("documents", () => {
  const same: readonly (readonly [string, string, string])[] = [
    [
      "white space and the order of keys",
      '{"Version":"2012-10-17","Statement":[]}',
      '{ "Statement": [],\n "Version": "2012-10-17" }',
    ],
    [
      "one statement or a list of it",
      '{"Statement":[{"Effect":"Allow"}]}',
      '{"Statement":{"Effect":"Allow"}}',
    ],
    [
      "one value or a list of it",
      statement({ Action: "iam:GetUser" }),
      statement({ Action: ["iam:GetUser"] }),
    ],
    [
      "the order of a list, and what it says twice",
      statement({ Action: ["a:B", "c:D", "a:B"] }),
      statement({ Action: ["c:D", "a:B"] }),
    ],
    [
      "an account and its root",
      statement({ Principal: { AWS: "111111111111" } }),
      statement({ Principal: { AWS: ["arn:aws:iam::111111111111:root"] } }),
    ],
    [
      "a boolean in a condition and its text",
      statement({ Condition: { Bool: { "aws:x": true } } }),
      statement({ Condition: { Bool: { "aws:x": "true" } } }),
    ],
  ];
  for (const [what, before, after] of same) {
    it(`mean the same whatever ${what}`, () => {
      assert.ok(sameDocument(before, after));
    });
  }

  const different: readonly (readonly [string, string, string])[] = [
    [
      "a user of an account and its root",
      statement({ Principal: { AWS: "arn:aws:iam::111111111111:user/root" } }),
      statement({ Principal: { AWS: "111111111111" } }),
    ],
    [
      "an action more",
      statement({ Action: ["a:B", "c:D"] }),
      statement({ Action: ["a:B"] }),
    ],
    [
      "another operator",
      statement({ Condition: { Bool: { "aws:x": "true" } } }),
      statement({ Condition: { BoolIfExists: { "aws:x": "true" } } }),
    ],
    [
      "a value's case",
      statement({ Condition: { StringEquals: { "aws:x": "A" } } }),
      statement({ Condition: { StringEquals: { "aws:x": "a" } } }),
    ],
    [
      "the effect",
      statement({ Effect: "Allow" }),
      statement({ Effect: "Deny" }),
    ],
  ];
  for (const [what, before, after] of different) {
    it(`differ by ${what}`, () => {
      assert.ok(!sameDocument(before, after));
    });
  }
});

describe("other values", () => {
  it("are the same left out, empty or null", () => {
    assert.ok(sameValue(undefined, ""));
    assert.ok(sameValue({}, undefined));
    assert.ok(sameValue([], null));
    assert.ok(!sameValue(undefined, false));
    assert.ok(!sameValue(undefined, 0));
  });

  it("have no order where they are sets", () => {
    assert.ok(sameSet(["b", "a"], ["a", "b", "a"]));
    assert.ok(sameSet(undefined, []));
    assert.ok(!sameSet(["a"], ["a", "b"]));
  });

  it("are compared by name and by what they say where they are inline policies", () => {
    const one = { name: "one", policy: statement({ Action: "a:B" }) };
    const two = { name: "two", policy: statement({}) };
    assert.ok(
      samePolicies(
        [one, two],
        [two, { name: "one", policy: statement({ Action: ["a:B"] }) }],
      ),
    );
    assert.ok(!samePolicies([one], [{ ...one, name: "other" }]));
    assert.ok(!samePolicies([one], []));
  });
});
