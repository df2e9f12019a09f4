import assert from "node:assert/strict";
import { visibleLines } from "../../../commands/formats/visible";
import { finding } from "../../../commands/verify/findings";
import { toPage } from "../../../commands/verify/formats/page";
import { toSarif } from "../../../commands/verify/formats/sarif";
import { toTerminal } from "../../../commands/verify/formats/terminal";
import type { Report } from "../../../commands/verify/report";
import { shownMachineRole } from "./shown-machine-role";

const hidden =
  "\u001b]0;x\u0007\u0085\n\u009b31m\u202e\u2066\u200f\u00ad\u{e0041}é";
const shown = String.raw`\u001b]0;x\u0007\u0085\u000a\u009b31m\u202e\u2066\u200f\u00ad\udb40\udc41é`;

const dev = { id: "222222222222", name: "dev" };
const fault = {
  ...finding("undecided", dev, hidden, hidden),
  remedy: hidden,
};
const report: Report = {
  at: new Date("2030-01-02T03:04:05Z"),
  outcome: "fail",
  accounts: [],
  unread: [{ ...dev, why: hidden }],
  assignments: [
    {
      users: [hidden],
      role: "ReadOnly",
      accounts: ["dev"],
      isGranted: true,
      withoutMfa: "closed",
      freshMfa: "open",
      oldMfa: "open",
      oldMfaSeconds: 3_600,
      takesOldMfa: true,
    },
  ],
  machineRoles: [shownMachineRole(hidden)],
  pairs: { decided: 1, granted: 1, open: 1, wrong: 0 },
  findings: [fault],
  accepted: [{ ...fault, reason: hidden, until: "2030-06-30" }],
  centralRootAccess: "not known",
};

/** But for the ends of lines. */
const unseen = /[^\P{C}\n]/u;

describe("control and format characters from AWS or from a file", () => {
  it("are shown on the terminal", () => {
    const text = toTerminal(report, { width: 400, hasColours: false });
    assert.doesNotMatch(text, unseen);
    for (const line of [
      `│ ${shown} │ ReadOnly`,
      `dev (222222222222) could not be read: ${shown}`,
      `  - ${shown}\n    Fix: ${shown}`,
      `accepted until 2030-06-30, ${shown}: ${shown}`,
    ]) {
      assert.ok(text.includes(line), line);
    }
  });

  it("are shown on the page, where an end of a line is a space", () => {
    const page = toPage(report);
    assert.doesNotMatch(page, unseen);
    const onPage = shown.replace(String.raw`\u000a`, "\n");
    assert.ok(page.includes(`<li>Until 2030-06-30, ${onPage}: ${onPage}</li>`));
  });

  it("are shown in the texts of SARIF", () => {
    const log = toSarif(
      report,
      { version: "1.2.3", address: undefined },
      () => ({ file: "Pulumi.bastion.yaml", line: 1 }),
    );
    assert.doesNotMatch(log, unseen);
    for (const text of [
      `${shown} (until 2030-06-30)`,
      `${shown}. Fix: ${shown}`,
      `dev (222222222222) could not be read: ${shown}`,
    ]) {
      assert.ok(log.includes(JSON.stringify(text)), text);
    }
  });

  it("are escaped in JSON, which says the same", () => {
    const json = visibleLines(JSON.stringify({ hidden }, undefined, 2));
    assert.doesNotMatch(json, unseen);
    assert.deepEqual(JSON.parse(json), { hidden });
  });
});

describe("what a log of GitHub Actions or Azure Pipelines would obey", () => {
  /** As their runners look for commands: `::` that begins a line, `##[` and `##vso[` anywhere. */
  const obeyed = /^\s*::[a-z]|##\[|##vso\[/im;
  const commands =
    "::add-mask::111111111111 of ::stop-commands::x and ##[set-output]a ##vso[task.setvariable]b";

  it("is shown as text that is no command, however long the lines are", () => {
    const told: Report = {
      ...report,
      findings: [{ ...fault, message: commands, remedy: commands }],
      unread: [{ ...dev, why: commands }],
    };
    for (const width of [40, 80, 400]) {
      const text = toTerminal(told, { width, hasColours: false });
      assert.doesNotMatch(text, obeyed);
      assert.match(text, /\\u003a:add-mask::/);
    }
    assert.doesNotMatch(visibleLines(`${commands}\n  ${commands}`), obeyed);
  });

  it("leaves ARNs as they are, and JSON the same", () => {
    const arn = "arn:aws:iam::aws:policy/AdministratorAccess";
    assert.equal(visibleLines(`see ${arn}`), `see ${arn}`);
    const json = visibleLines(JSON.stringify({ commands }));
    assert.deepEqual(JSON.parse(json), { commands });
  });
});
