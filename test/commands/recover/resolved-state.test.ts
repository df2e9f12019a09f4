import assert from "node:assert/strict";
import type { Made } from "../../../commands/recover/made";
import { resolvedState } from "../../../commands/recover/resolved-state";
import {
  pendingOperationsOf,
  resourcesOf,
  type ExportedResource,
  type PendingOperation,
} from "../../../commands/stacks/exported-stack";

const resource = (
  name: string,
  more: Partial<ExportedResource> = {},
): ExportedResource => ({
  urn: `urn:pulumi:bastion::p::aws:iam/user:User::${name}`,
  type: "aws:iam/user:User",
  custom: true,
  inputs: { name },
  ...more,
});

const creating = (name: string): PendingOperation => ({
  type: "creating",
  resource: resource(name),
});

const resolved = (
  resources: readonly ExportedResource[],
  operations: readonly PendingOperation[],
  made: Made,
) => {
  const stack = {
    version: 3,
    deployment: { resources, pending_operations: operations },
  };
  const examined = operations
    .filter(({ type }) => type === "creating")
    .map((operation) => ({ resource: operation.resource, name: "ada", made }));
  const state = resolvedState(stack, examined);
  return {
    resources: resourcesOf(state),
    pending: pendingOperationsOf(state),
  };
};

const there: Made = { answer: "there", id: "ada" };

describe("the state in which the engine knows what became of its operations", () => {
  it("has what is there, to be read as an import", () => {
    const root = resource("root", { id: "root" });
    assert.deepEqual(resolved([root], [creating("ada")], there), {
      resources: [root, resource("ada", { id: "ada", outputs: {} })],
      pending: [],
    });
  });

  it("has forgotten what never was, and what is made again", () => {
    for (const made of [
      { answer: "never was" },
      { answer: "made again", why: "" },
    ] as const) {
      const after = resolved([], [creating("ada")], made);
      assert.deepEqual(after, { resources: [], pending: [] });
    }
  });

  it("keeps what a person has to decide, and what is no creation", () => {
    const updating = { ...creating("bashir"), type: "updating" } as const;
    for (const made of [
      { answer: "somebody else's", id: "ada", differs: ["its path is /x/"] },
      { answer: "not known", why: "" },
    ] as const) {
      const operations = [creating("ada"), updating];
      const after = resolved([], operations, made);
      assert.deepEqual(after, { resources: [], pending: operations });
    }
  });

  it("has what is there in the place of what was deleted for it", () => {
    const old = resource("ada", { id: "ada", pendingReplacement: true });
    const child = resource("child", { id: "child" });
    assert.deepEqual(
      resolved([old, child], [creating("ada")], there).resources,
      [resource("ada", { id: "ada", outputs: {} }), child],
    );
  });

  it("has what is there before what is still to be deleted for it", () => {
    const old = resource("ada", { id: "ada-1" });
    assert.deepEqual(resolved([old], [creating("ada")], there).resources, [
      resource("ada", { id: "ada", outputs: {} }),
      { ...old, delete: true },
    ]);
  });

  it("has what was deleted to be made anew read again, and not deleted as the original", () => {
    const old = resource("ada", { id: "ada", pendingReplacement: true });
    assert.deepEqual(resolved([old], [], there).resources, [
      { ...old, pendingReplacement: false },
    ]);
  });
});
