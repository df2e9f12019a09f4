import assert from "node:assert/strict";
import {
  exitCode,
  type Leftovers,
  type StackResult,
} from "../../../commands/deploy/outcome";
import { reportText } from "../../../commands/deploy/report";
import { noChanges } from "../../../commands/deploy/watch";

const result = (
  stack: string,
  outcome: StackResult["outcome"],
): StackResult => ({
  stack,
  outcome,
  seconds: 12.4,
  log: `/logs/${stack}.log`,
});

const deployed = result("bastion", {
  kind: "deployed",
  changes: { ...noChanges, made: 3 },
});
const unchanged = result("workload-dev", { kind: "unchanged" });
const failed = result(`workload-${"a".repeat(63)}`, {
  kind: "failed",
  at: "deployment",
  changes: { ...noChanges, changed: 1 },
  reasons: [
    `AccessDenied: ${"word ".repeat(40)}\u001b[31m`,
    Array.from({ length: 40 }, (_, line) => `line ${line}`).join("\n"),
  ],
  leftovers: [
    { kind: "lock", held: "ada" },
    { kind: "pending operations", operations: [] },
    { kind: "lock", held: "bashir" },
  ],
});

describe("the report of a deployment", () => {
  it("is a table of what became of each stack", () => {
    const text = reportText([deployed, unchanged], "/logs");
    assert.match(text, /│ bastion +│ deployed +│ 3 +│ +│ +│ +│ 12 │/);
    assert.match(text, /│ workload-dev +│ no change +│ +│ +│ +│ +│ 12 │/);
    assert.match(text, /All 2 stacks are done\.\nLogs: \/logs\n$/);
    assert.equal(exitCode([deployed, unchanged]), 0);
  });

  it("says whether a preview has found a change", () => {
    const text = reportText(
      [
        result("one", { kind: "previewed", changes: noChanges }),
        result("two", {
          kind: "previewed",
          changes: { ...noChanges, replaced: 1 },
        }),
      ],
      "/logs",
    );
    assert.match(text, /one +│ no change/);
    assert.match(text, /two +│ would change/);
    assert.match(text, /\nWhat exactly would change, each log says\.\nLogs: /);
  });

  it("is no wider than a terminal, whatever names and reasons there are", () => {
    const text = reportText([deployed, failed], "/logs");
    for (const line of text.split("\n")) {
      if (!line.startsWith("  Log:"))
        assert.ok(line.length <= 80 || line.includes("a".repeat(63)), line);
    }
    assert.doesNotMatch(text, /\u001b/);
  });

  it("tells why one failed, cut where it is long, and how to mend what was cut off", () => {
    const text = reportText([deployed, failed], "/logs");
    assert.match(text, /failed at deployment:\n {2}AccessDenied: word/);
    assert.match(
      text,
      /line 8\n {2}… and 31 lines more: see the log below\n[^]*\n {2}Log: \/logs\//,
    );
    assert.doesNotMatch(text, /line 39/);
    assert.match(text, /has left: lock, pending operations\./);
    assert.match(
      text,
      /Fix: npm run recover -- --stack workload-a{63}, and --lift-lock if/,
    );
    assert.match(text, /1 of 2 stacks are done, 1 failed\. Run it again/);
    assert.equal(exitCode([deployed, failed]), 1);
  });

  it("has what AWS has made and the state does not name be looked for", () => {
    const told = "EntityAlreadyExists: User with name ada already exists.";
    const text = reportText(
      [
        result("bastion", {
          kind: "failed",
          at: "deployment",
          changes: noChanges,
          reasons: [told],
          leftovers: [{ kind: "made already", told: [told] }],
        }),
      ],
      undefined,
    );
    assert.match(text, /Fix: npm run recover -- --stack bastion --search\n/);
  });

  it("says what helps against an error of AWS's, by its code", () => {
    const reasons: Readonly<Record<string, RegExp>> = {
      "api error ExpiredToken: The security token is expired": /sign in again/,
      "AccessDenied: with an explicit deny": /with some that\s+may/,
      "Throttling: Rate exceeded": /when\s+less\s+goes\s+on/,
      "https response error StatusCode: 503, RequestID: 1": /health\.aws/,
      "NoSuchEntity: The user with name ada cannot be found.": /just\s+made/,
      "read: connection reset by peer": /the\s+network, or a proxy/,
    };
    for (const [reason, helps] of Object.entries(reasons)) {
      const outcome = {
        kind: "failed",
        at: "deployment",
        changes: noChanges,
        reasons: [reason],
        leftovers: [],
      } as const;
      const text = reportText([result("bastion", outcome)], undefined);
      assert.match(text, /Fix:/, reason);
      assert.match(text, helps);
    }
  });

  it("counts as not done what was left out, cut off or not begun", () => {
    for (const outcome of [
      { kind: "left out" },
      { kind: "cut off", leftovers: [] },
      { kind: "not begun" },
    ] as const) {
      const one = result("one", outcome);
      assert.equal(exitCode([deployed, one]), 1);
      const text = reportText([deployed, one], undefined);
      assert.match(text, new RegExp(`one +│ ${outcome.kind}`));
      assert.match(text, /1 of 2 stacks are done, 0 failed, 1 not finished/);
    }
  });

  it("says what one that was cut off has left, or that nobody could look", () => {
    const rows = [
      [
        [{ kind: "pending operations", operations: [] }],
        /has left: pending operations\.\n {2}Fix: npm run recover -- --stack one\n/,
      ],
      [[], /No operation is left open\. Fix: run it again/],
      [
        undefined,
        /could not be read\.\n {2}Fix: npm run recover -- --stack one\n/,
      ],
    ] as const;
    for (const [leftovers, says] of rows) {
      const one = result("one", { kind: "cut off", leftovers });
      assert.match(reportText([one], undefined), says);
    }
  });

  it("says of a failed one that nobody could look, and nothing where nothing is left", () => {
    const failedWith = (leftovers: Leftovers) =>
      reportText(
        [
          result("one", {
            kind: "failed",
            at: "deployment",
            changes: noChanges,
            reasons: ["no"],
            leftovers,
          }),
        ],
        undefined,
      );
    assert.match(
      failedWith(undefined),
      /Whether an operation is left open could not be read\.\n {2}Fix: npm run recover -- --stack one\n/,
    );
    assert.doesNotMatch(failedWith([]), /left|recover/);
  });

  it("tells of a stack that is done what the policy pack has found and does not stop", () => {
    const advice = ["the policy people-need-mfa: ReadOnly opens without MFA"];
    for (const outcome of [
      { kind: "deployed", changes: noChanges, advice },
      { kind: "previewed", changes: noChanges, advice },
      { kind: "unchanged", advice },
    ] as const) {
      const one = result("one", outcome);
      const text = reportText([one, unchanged], undefined);
      assert.match(
        text,
        /one: the policy pack has found what it does not stop:\n {2}the policy people-need-mfa: ReadOnly opens without MFA\n {2}Log: /,
      );
      assert.equal(text.match(/has found/g)?.length, 1);
      assert.equal(exitCode([one]), 0);
    }
  });
});
