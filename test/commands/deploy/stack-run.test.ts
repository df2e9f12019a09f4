import assert from "node:assert/strict";
import type { EngineEvent, OpMap } from "@pulumi/pulumi/automation";
import type { Outcome } from "../../../commands/deploy/outcome";
import { StackRun, type RunSettings } from "../../../commands/deploy/run-stack";
import { noChanges } from "../../../commands/deploy/watch";
import type { ProjectWorkspace } from "../../../commands/deploy/workspace";
import type { ExportedStack } from "../../../commands/stacks/exported-stack";
import { silentLog } from "./silent-log";

type Run = (options: {
  readonly onEvent: (event: EngineEvent) => void;
}) => Promise<void>;

/** The engine, which says at its end how much it changes. */
const changing =
  (resourceChanges: OpMap): Run =>
  ({ onEvent }) => {
    const summary = { summaryEvent: { resourceChanges } };
    onEvent(summary as unknown as EngineEvent);
    return Promise.resolve();
  };
const silent: Run = () => Promise.resolve();
const failing: Run = () => Promise.reject(new Error("no connection"));

interface Played {
  /** Each time that the state is read; the last one again and again. undefined: it can't be. */
  readonly states: readonly (ExportedStack | undefined)[];
  readonly preview?: Run;
  readonly up?: Run;
  readonly settings?: Partial<RunSettings>;
}

function outcomeOf({
  states,
  preview = changing({ same: 3 }),
  up = changing({ same: 3 }),
  settings = {},
}: Played): Promise<Outcome> {
  let reads = 0;
  const workspace = {
    exported: () => {
      const state = states[Math.min(reads++, states.length - 1)];
      return state === undefined
        ? Promise.reject(new Error("no passphrase"))
        : Promise.resolve(state);
    },
    openStack: () =>
      Promise.resolve({ configFile: "", stack: { preview, up } }),
  } as unknown as ProjectWorkspace;
  const all = {
    command: "deploy",
    recover: false,
    builders: new Map(),
    stopping: new AbortController().signal,
    ...settings,
  } as unknown as RunSettings;
  return new StackRun("one", workspace, all, silentLog, () => undefined).run(
    true,
  );
}

const read: ExportedStack = { version: 3 };

describe("a stack that fails, and whose state can't be read", () => {
  it("does not say that nothing is left", async () => {
    const outcome = await outcomeOf({ states: [undefined] });
    assert.deepEqual(
      outcome.kind === "failed" && [outcome.at, outcome.leftovers],
      ["start", undefined],
    );
  });

  it("does not say so after a deployment either", async () => {
    const outcome = await outcomeOf({ states: [read, undefined], up: failing });
    assert.deepEqual(
      outcome.kind === "failed" && [outcome.at, outcome.leftovers],
      ["deployment", undefined],
    );
  });

  it("has left nothing where it was read, and has nothing", async () => {
    const outcome = await outcomeOf({ states: [read], up: failing });
    assert.deepEqual(outcome.kind === "failed" && outcome.leftovers, []);
  });
});

describe("a stack that does not change", () => {
  const settings = { onlyChanged: true };
  const old: ExportedStack = {
    version: 3,
    deployment: {
      resources: [
        {
          urn: "urn:pulumi:one::acme::aws:iam/role:Role::ReadOnly",
          type: "aws:iam/role:Role",
          custom: true,
          delete: true,
        },
      ],
    },
  };

  it("is left as it is, where that is asked for", async () => {
    const outcome = await outcomeOf({ states: [read], up: failing, settings });
    assert.deepEqual(outcome, { kind: "unchanged" });
  });

  it("is not one that has still to delete what it has replaced, which the engine does not count", async () => {
    const changes = { ...noChanges, deleted: 1 };
    assert.deepEqual(await outcomeOf({ states: [old], settings }), {
      kind: "deployed",
      changes,
    });
    const command = "preview";
    assert.deepEqual(
      await outcomeOf({ states: [old], settings: { command } }),
      {
        kind: "previewed",
        changes,
      },
    );
  });

  it("is not one of which the engine does not say what would change", async () => {
    for (const command of ["deploy", "preview"] as const) {
      const outcome = await outcomeOf({
        states: [read],
        preview: silent,
        settings: { ...settings, command },
      });
      assert.ok(outcome.kind === "failed" && outcome.at === "preview");
      assert.match(outcome.reasons.join(), /did not say what would change/);
    }
  });
});

describe("a stack in which the policy pack has found what it does not stop", () => {
  const advising: Run = (options) => {
    const policyEvent = {
      enforcementLevel: "advisory",
      policyName: "one-of-them",
      message: "look",
    };
    options.onEvent({ policyEvent } as unknown as EngineEvent);
    return changing({ same: 3 })(options);
  };

  it("is told with that, whether it is previewed, deployed or left as it is", async () => {
    for (const [settings, kind] of [
      [{ command: "preview" }, "previewed"],
      [{ onlyChanged: true }, "unchanged"],
      [{}, "deployed"],
    ] as const) {
      const outcome = await outcomeOf({
        states: [read],
        preview: advising,
        settings,
      });
      assert.ok("advice" in outcome && outcome.kind === kind);
      assert.deepEqual(outcome.advice, ["the policy one-of-them: look"]);
    }
  });
});
