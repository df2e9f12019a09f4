import assert from "node:assert/strict";
import { wrapped } from "../../../sandbox/tour/layout";
import {
  findingsIn,
  isNews,
  shortened,
} from "../../../sandbox/tour/pulumi-lines";

describe("what the tour shows of Pulumi's lines", () => {
  it("is a resource's end, a failure and what comes at last, and no dots", () => {
    const lines = [
      "@ updating.....",
      "Loading policy packs...: starting",
      "Loading policy packs...: done",
      " +  aws:iam:Group bastion-users creating (0s) ",
      " +  aws:iam:Group bastion-users created (0.24s) ",
      " +  aws:iam:Group bastion-users **creating failed** error: no",
      " +  aws:iam:Group bastion-users creating (0s) error: no",
      "",
      "Duration: 7s",
    ];
    assert.deepEqual(lines.filter(isNews), [
      "Loading policy packs...: done",
      " +  aws:iam:Group bastion-users created (0.24s) ",
      " +  aws:iam:Group bastion-users **creating failed** error: no",
      " +  aws:iam:Group bastion-users creating (0s) error: no",
      "Duration: 7s",
    ]);
  });

  it("is without what a resource's sign says, which may be all of a broken line", () => {
    const seconds = [
      " +  aws:iam:Group bastion-users created (0.24s) ",
      " -  aws:iam:Group bastion-users deleted (3s)",
      " +  aws:iam:Group bastion-users **creating failed** error: (1s) ago",
    ];
    assert.deepEqual(seconds.map(shortened), [
      " +  aws:iam:Group bastion-users",
      " -  aws:iam:Group bastion-users",
      " +  aws:iam:Group bastion-users **creating failed** error: (1s) ago",
    ]);
  });

  it("is of a stopped preview what was found, each rule's own words once", () => {
    const printed = `Previewing update (dev):
 +  aws:iam:Role reports-reader create
Policies:
    ❌ bastion-account@v0.1.0 (local: /a/policy-pack)
        - [mandatory] [severity: critical]  people-need-mfa  (aws:iam:Role: a)
          A role that people can take asks for MFA.
          a lets people in.
            Fix: take it out.
        - [mandatory] [severity: critical]  people-need-mfa  (aws:iam:Role: b)
          A role that people can take asks for MFA.
          b lets people in.
            Fix: take it out.
Diagnostics:
  pulumi:pulumi:Stack (dev):
    error: preview failed
`;
    assert.deepEqual(findingsIn(printed), [
      "- [mandatory] [severity: critical]  people-need-mfa  (aws:iam:Role: a)",
      "  A role that people can take asks for MFA.",
      "  a lets people in.",
      "    Fix: take it out.",
      "- [mandatory] [severity: critical]  people-need-mfa  (aws:iam:Role: b)",
      "  b lets people in.",
      "    Fix: take it out.",
    ]);
    assert.deepEqual(findingsIn("error: no stack"), []);
  });

  it("keeps its inset, and all of a long word, where a line is too long", () => {
    assert.deepEqual(wrapped("  one two three", 10), ["  one two", "  three"]);
    assert.deepEqual(wrapped("  abcdefghij", 7), ["  abcde", "  fghij"]);
    assert.deepEqual(wrapped("", 7), [""]);
  });
});
