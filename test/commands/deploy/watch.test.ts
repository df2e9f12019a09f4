import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { countOf, noChanges, Watch } from "../../../commands/deploy/watch";

const event = (of: Partial<EngineEvent>): EngineEvent => ({
  sequence: 1,
  timestamp: 1,
  ...of,
});

const diagnostic = (
  severity: "error" | "warning" | "info",
  message: string,
): EngineEvent =>
  event({ diagnosticEvent: { severity, message, color: "raw" } });

const step = (op: "same" | "create" | "read", urn: string): EngineEvent =>
  event({
    resOutputsEvent: { metadata: { op, urn, type: "t", provider: "p" } },
  });

const violation = (enforcementLevel: "warning" | "mandatory"): EngineEvent =>
  event({
    policyEvent: {
      enforcementLevel,
      policyName: "people-need-mfa",
      policyPackName: "bastion-account",
      policyPackVersion: "1",
      policyPackVersionTag: "1",
      color: "raw",
      message: "<{%fg 13%}>the role opens without MFA<{%reset%}>\n",
    },
  });

const watched = (...events: readonly EngineEvent[]): Watch => {
  const watch = new Watch();
  for (const one of events) watch.note(one);
  return watch;
};

describe("a run of the engine", () => {
  it("is counted while it goes on: what changes, each once", () => {
    const watch = watched(
      step("create", "a"),
      step("create", "a"),
      step("same", "b"),
      step("read", "c"),
      step("create", "d"),
    );
    assert.equal(watch.changedByNow, 2);
    assert.deepEqual(watch.changes, noChanges);
  });

  it("keeps what policies have found and do not stop, each once", () => {
    const one = violation("warning");
    const { advice } = watched(one, one, violation("mandatory"));
    assert.deepEqual(advice, [
      "the policy people-need-mfa: the role opens without MFA",
    ]);
    assert.deepEqual(watched(violation("mandatory")).advice, []);
  });

  it("is counted at its end, a replacement once", () => {
    const resourceChanges = {
      create: 2,
      import: 1,
      update: 3,
      replace: 4,
      "create-replacement": 4,
      "delete-replaced": 4,
      delete: 5,
      same: 6,
      read: 7,
    };
    const { changes } = watched(
      event({
        summaryEvent: {
          maybeCorrupt: false,
          durationSeconds: 1,
          policyPacks: {},
          resourceChanges,
        },
      }),
    );
    const counted = { made: 3, changed: 3, replaced: 4, deleted: 5 };
    assert.deepEqual(changes, counted);
    assert.equal(countOf(changes), 15);
  });

  it("tells what went wrong in the words of the program, the pack and AWS, each once", () => {
    const watch = watched(
      diagnostic("info", "hello"),
      diagnostic("warning", "careful"),
      violation("warning"),
      violation("mandatory"),
      diagnostic("error", "<{%reset%}>AccessDenied<{%reset%}>"),
      diagnostic("error", "AccessDenied"),
      diagnostic("error", "update failed"),
      diagnostic("error", "preview failed"),
    );
    assert.deepEqual(watch.reasons("error: something else"), [
      "the policy people-need-mfa: the role opens without MFA",
      "AccessDenied",
    ]);
  });

  it("that did not begin tells what the CLI printed as its error", () => {
    assert.deepEqual(
      new Watch().reasons(
        "Previewing\n\u001b[31merror: the stack is currently locked by 1 lock(s)\n  file:///a: created by b\u001b[0m\n",
      ),
      [
        "error: the stack is currently locked by 1 lock(s)\n  file:///a: created by b",
      ],
    );
    assert.deepEqual(new Watch().reasons("nothing"), []);
  });
});
