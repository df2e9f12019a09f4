import assert from "node:assert/strict";
import type { Outcome } from "../../../commands/deploy/outcome";
import { StackRun, type RunSettings } from "../../../commands/deploy/run-stack";
import type { ProjectWorkspace } from "../../../commands/deploy/workspace";
import { silentLog } from "./silent-log";

const stopped = {
  command: "deploy",
  recover: false,
  builders: new Map(),
  stopping: AbortSignal.abort(),
} as unknown as RunSettings;

/** Of a stack whose run is stopped. */
const outcomeOf = (
  workspace: Partial<ProjectWorkspace>,
  isThere: boolean,
): Promise<Outcome> =>
  new StackRun("one", workspace as ProjectWorkspace, stopped, silentLog, () => {
    // Nobody listens.
  }).run(isThere);

describe("a stack that is cut off before its preview", () => {
  it("does not say that nothing is left where its state was not read", async () => {
    const exported = () => Promise.reject(new Error("killed"));
    assert.deepEqual(await outcomeOf({ exported }, true), {
      kind: "cut off",
      leftovers: undefined,
    });
  });

  it("has left nothing where it was only just made", async () => {
    const make = () => Promise.reject(new Error("killed"));
    assert.deepEqual(await outcomeOf({ make }, false), {
      kind: "cut off",
      leftovers: [],
    });
  });
});
