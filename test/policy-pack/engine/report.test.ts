import { strict as assert } from "node:assert";
import { unknownText, type Declared } from "../pack";
import { document, json, service } from "../rules/documents";
import { nativeRole, role } from "../rules/resources";
import { foundBy } from "../rules/rows";

/** What `people-need-mfa` says of a role. */
const messages = (one: Declared, { isPreview }: { isPreview: boolean }) =>
  foundBy("people-need-mfa", { resources: [one], isPreview }).map(
    ({ resource, message }) => {
      assert.equal(resource, "Work");
      return message;
    },
  );

const about = (value: object) => ({ ...service, Condition: { Bool: value } });
const native = (assumeRolePolicyDocument: unknown) =>
  nativeRole("Work", { assumeRolePolicyDocument });

/** Where a marker may stand in a trust policy, and the property that a finding names. */
const places: readonly (readonly [string, Declared, string])[] = [
  [
    "in the place of the document",
    role("Work", { assumeRolePolicy: unknownText }),
    "assumeRolePolicy",
  ],
  [
    "in the document's text",
    role("Work", { assumeRolePolicy: json(about({ "aws:x": unknownText })) }),
    "assumeRolePolicy",
  ],
  [
    "in the place of a value inside",
    native(document(about({ "aws:x": unknownText }))),
    "assumeRolePolicyDocument.Statement[0].Condition.Bool.aws:x",
  ],
  [
    "in a part of a value inside",
    native(document(about({ "aws:x": `${unknownText}-east` }))),
    "assumeRolePolicyDocument.Statement[0].Condition.Bool.aws:x",
  ],
  [
    "in a key inside",
    native(document(about({ [`${unknownText}:sub`]: "x" }))),
    "assumeRolePolicyDocument.Statement[0].Condition.Bool",
  ],
];

describe("the text by which Pulumi marks what is not known yet", () => {
  for (const [where, one, field] of places) {
    it(`is a value that can't be known at a preview, ${where}`, () => {
      const [message = "", ...more] = messages(one, { isPreview: true });
      assert.match(message, /^string value at \S+ can't be known/);
      assert.deepEqual(more, []);
    });

    it(`leaves the document undecided in an update, ${where}`, () => {
      const [message = "", ...more] = messages(one, { isPreview: false });
      const [what, ...rest] = message.split("\n");
      assert.equal(
        what,
        `Undecided: ${field} holds the text by which Pulumi marks values that are not known yet.`,
      );
      assert.deepEqual(rest, ["  Fix: take that text out."]);
      assert.deepEqual(more, []);
    });
  }

  it("is not there where all is known: the document is decided", () => {
    for (const one of [role("Work"), native(document(service))]) {
      for (const isPreview of [true, false]) {
        assert.deepEqual(messages(one, { isPreview }), []);
      }
    }
  });

  it("is accepted in an update by an exemption alone", () => {
    const [, [, one] = ["", undefined]] = places;
    assert.ok(one);
    const exempted = (until: string) =>
      foundBy("people-need-mfa", {
        resources: [one],
        isPreview: false,
        organisation: {
          exemptions: [
            { stack: "orders/dev", resource: "Work", reason: "r", until },
          ],
        },
      }).length;
    assert.equal(exempted("9999-12-31"), 0);
    assert.equal(exempted("2020-01-01"), 1);
  });
});
