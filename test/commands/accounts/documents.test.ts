import assert from "node:assert/strict";
import {
  documentNumber,
  placesOf,
  readPolicies,
  UnreadableDocument,
} from "../../../commands/accounts/documents";
import { account, group, inline } from "../adopt/account";

const reads = (bucket: string) =>
  inline("reads", {
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::${bucket}/*`,
  });

describe("the documents of an account", () => {
  const documentsOf = (name: string, bucket: string) => {
    const holder = group(name, { inlinePolicies: [reads(bucket)] });
    return readPolicies(account({}), holder);
  };

  it("are the same by number where their texts are, and have a place each", () => {
    const [one, same, other] = [
      ...documentsOf("one", "logs"),
      ...documentsOf("same", "logs"),
      ...documentsOf("other", "reports"),
    ];
    assert.ok(one && same && other);
    assert.equal(documentNumber(one), documentNumber(same));
    assert.notEqual(documentNumber(one), documentNumber(other));
    assert.equal(
      placesOf([...one.statements, ...same.statements]),
      "statement 1 in policy reads of the group one and statement 1 in policy reads of the group same",
    );
  });

  it("that can't be read are named, each of them", () => {
    const broken = group("g", {
      inlinePolicies: [
        { name: "a", text: "{" },
        reads("logs"),
        { name: "b", text: "[]" },
      ],
    });
    assert.throws(
      () => readPolicies(account({}), broken),
      (error) =>
        error instanceof UnreadableDocument &&
        /^policy a of the group g can't be read: .*; policy b of the group g can't be read: /.test(
          error.message,
        ),
    );
  });
});
