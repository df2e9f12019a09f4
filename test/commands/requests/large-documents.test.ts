import assert from "node:assert/strict";
import {
  anyRealRequest,
  realRequestWords,
} from "../../../commands/requests/real-request";
import { requestBeyond } from "../../../policy-pack/decide/beyond";
import { userCase } from "../../../policy-pack/decide/callers";
import type { Document } from "../../../policy-pack/decide/document";
import { readWell } from "../../policy-pack/decide/reading";
import { committedExpectation } from "../verify/accounts";

const user = userCase({
  account: "111111111111",
  partition: "aws",
  arn: undefined,
});

const ofAll = committedExpectation()
  .groups.filter(({ name }) => name === "bastion-users")
  .flatMap(({ inlinePolicies }) => Object.values(inlinePolicies))
  .map((policy) => readWell(policy, "identity"));

const arnOf = (role: number): string =>
  `arn:aws:iam::*:role/Role-${String(role).padStart(3, "0")}-with-a-long-name`;

/** Fifteen roles with an age of MFA of their own, and as many as a policy has room for with one. */
const groups: readonly (readonly number[])[] = [
  ...Array.from({ length: 15 }, (_, role) => [role]),
  Array.from({ length: 150 }, (_, index) => 20 + index),
];

const takingRoles = (roles: readonly number[], age: number) => ({
  Effect: "Allow",
  Action: ["sts:AssumeRole"],
  Resource: roles.map(arnOf),
  Condition: {
    Bool: { "aws:MultiFactorAuthPresent": "true" },
    NumericLessThan: { "aws:MultiFactorAuthAge": String(100 + age) },
    StringEquals: { "sts:RoleSessionName": "${aws:username}" },
  },
});

const documentOf = (...Statement: readonly object[]): Document =>
  readWell({ Version: "2012-10-17", Statement }, "identity");

function beyond(found: Document, meant: Document): string {
  const verdict = requestBeyond(
    { documents: [found, ...ofAll], boundary: undefined },
    { documents: [meant, ...ofAll], boundary: undefined },
    user,
    anyRealRequest,
  );
  return verdict.answer === "open"
    ? realRequestWords(verdict.question, verdict.witness)
    : verdict.answer;
}

describe("a request of the policies of a large config", () => {
  const statements = groups.map((roles, index) => takingRoles(roles, index));
  const deployed = documentOf(...statements);
  const taking = `sts:AssumeRole on ${arnOf(0)}`;

  it("is found where no statement asks for MFA any more", () => {
    const bare = statements.map((one) => ({ ...one, Condition: {} }));
    assert.equal(beyond(documentOf(...bare), deployed), taking);
    assert.equal(beyond(deployed, documentOf(...bare)), "closed");
  });

  it("is found where one of the statements is gone", () => {
    const fewer = documentOf(...statements.slice(1));
    assert.equal(beyond(deployed, fewer), taking);
    assert.equal(beyond(fewer, deployed), "closed");
  });

  it("is not there where the statements stand in another order", () => {
    assert.equal(
      beyond(documentOf(...statements.toReversed()), deployed),
      "closed",
    );
  });
});
