import assert from "node:assert/strict";
import type { PendingOperation } from "../../../commands/stacks/exported-stack";
import { leftoversOf } from "../../../commands/stacks/leftovers";

const operation: PendingOperation = {
  type: "creating",
  resource: {
    urn: "urn:pulumi:bastion::bastion-account::aws:iam/user:User::bastion-user/ada",
    type: "aws:iam/user:User",
    custom: true,
  },
};

describe("what a deployment that was cut off has left", () => {
  it("is nothing where the state has no pending operation, and nothing failed", () => {
    const exported = { version: 3, deployment: { resources: [] } };
    assert.deepEqual(leftoversOf({ exported }), []);
    assert.deepEqual(leftoversOf({ exported: { version: 3 } }), []);
  });

  it("is nothing where something else failed", () => {
    const printed =
      "error: AccessDenied: User is not authorized to perform: iam:CreateUser";
    assert.deepEqual(leftoversOf({ printed }), []);
  });

  it("is a lock, with who holds it since when", () => {
    const printed = [
      "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.",
      "  file:///state/.pulumi/locks/organization/bastion-account/bastion/9c71.json: created by ada@laptop (pid 18700) at 2026-11-27T02:17:14Z",
    ].join("\n");
    assert.deepEqual(leftoversOf({ printed }), [
      {
        kind: "lock",
        held: "ada@laptop (pid 18700) at 2026-11-27T02:17:14Z",
      },
    ]);
  });

  it("is a lock of Pulumi Cloud, in its words", () => {
    const printed =
      "error: [409] Conflict: Another update is currently in progress.";
    assert.deepEqual(leftoversOf({ printed }), [
      {
        kind: "lock",
        held: "[409] Conflict: Another update is currently in progress.",
      },
    ]);
  });

  for (const why of [
    "failed to load checkpoint: EOF",
    "failed to load checkpoint: place 1: unexpected end of JSON input",
    "could not deserialize deployment: unexpected end of JSON input",
    "snapshot integrity failure; refusing to use it: resource refers to unknown provider",
  ]) {
    it(`is a state that can't be read: ${why}`, () => {
      assert.deepEqual(leftoversOf({ printed: `error: ${why}\n` }), [
        { kind: "unreadable state", why },
      ]);
    });
  }

  it("is operations that nobody knows the end of", () => {
    const exported = {
      version: 3,
      deployment: { pending_operations: [operation] },
    };
    assert.deepEqual(leftoversOf({ exported }), [
      { kind: "pending operations", operations: [operation] },
    ]);
  });

  it("is what was deleted in order to be made anew", () => {
    const resource = { ...operation.resource, pendingReplacement: true };
    const exported = {
      version: 3,
      deployment: { resources: [operation.resource, resource] },
    };
    assert.deepEqual(leftoversOf({ exported }), [
      { kind: "half replaced", resources: [resource] },
    ]);
  });

  it("is what is in AWS and not in the state, told once", () => {
    const line =
      "error: EntityAlreadyExists: User with name ada already exists.";
    assert.deepEqual(leftoversOf({ printed: `${line}\n  ${line}` }), [
      {
        kind: "made already",
        told: ["EntityAlreadyExists: User with name ada already exists."],
      },
    ]);
  });
});
