import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { finding } from "../../../commands/verify/findings";
import { toPage } from "../../../commands/verify/formats/page";
import { deleteUser, inAccount } from "../../../commands/verify/remedies";
import { iamCall, shellWord } from "../../../commands/formats/aws-command";
import {
  linesOf,
  withCommands,
} from "../../../commands/verify/remedy-commands";
import { verify } from "../../../commands/verify/report";
import { defaultSettings } from "../../../commands/verify/facts";
import { runs } from "../../run/property-tests";
import { user } from "../adopt/account";
import { bastionId, committedExpectation } from "./accounts";
import { organisationOf } from "./live-accounts";

const textOf = (unit: fc.Arbitrary<string>) =>
  fc.string({ unit, minLength: 1 });

/** Of a name in IAM, and of a path: no space. */
const name = textOf(
  fc.constantFrom("a", "b", "1", "_", "+", "=", ",", ".", "@", "-"),
);
const path = textOf(
  fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
);

const organisation = organisationOf({ [bastionId]: {} });
const [bastion] = organisation.accounts;
const deleting = (who: string, devicePath: string): readonly string[] =>
  deleteUser(
    user(who, {
      groups: [`${who}s`],
      devices: [`arn:aws:iam::${bastionId}:mfa/${devicePath}/phone`],
    }),
  );

/** As Python's argparse takes them: a word behind an option that begins with `-` is no value of it. */
function optionsIn(words: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (let index = 0; index < words.length; index += 1) {
    const [, option = "", sign, value] =
      /^--([a-z-]+)(=?)(.*)$/.exec(words[index] ?? "") ?? [];
    const next = words[index + 1] ?? "-";
    if (sign === "=") options[option] = value ?? "";
    else if (!next.startsWith("-")) {
      options[option] = next;
      index += 1;
    }
  }
  return options;
}

describe("a remedy's commands", () => {
  it("hand every value to a shell as one word that is the value", () => {
    fc.assert(
      fc.property(fc.array(path, { minLength: 1 }), (values) => {
        const words = values.map(shellWord).join(" ");
        const echoed = execFileSync("sh", ["-c", `printf '%s\\n' ${words}`]);
        assert.equal(echoed.toString(), `${values.join("\n")}\n`);
      }),
      { numRuns: runs(20) },
    );
  });

  it("reach the AWS CLI with every value as it is, also one that begins like an option", () => {
    fc.assert(
      fc.property(name, path, (who, devicePath) => {
        const call = iamCall("deactivate-mfa-device", {
          "user-name": who,
          "serial-number": devicePath,
        });
        // In place of the AWS CLI: a function that prints what it is called with.
        const argv = execFileSync("sh", [
          "-c",
          `aws() { printf '%s\\n' "$@"; }\n${call}`,
        ])
          .toString()
          .trimEnd()
          .split("\n");
        assert.deepEqual(argv.slice(0, 2), ["iam", "deactivate-mfa-device"]);
        assert.deepEqual(optionsIn(argv.slice(2)), {
          "user-name": who,
          "serial-number": devicePath,
        });
      }),
      {
        numRuns: runs(30),
        examples: [
          ["-rf", "$(id);'\"`"],
          ["=ls", "-a/"],
        ],
      },
    );
  });

  it("are found whole in its text, whatever they name", () => {
    assert.ok(bastion !== undefined);
    fc.assert(
      fc.property(name, path, (who, devicePath) => {
        const calls = deleting(who, devicePath);
        const remedy = `add them; or ${inAccount(bastion, calls)} Or wait.`;
        assert.deepEqual(linesOf(remedy), [
          {
            isCommand: false,
            text: `add them; or in account ${bastionId}:`,
          },
          ...calls.map((text) => ({ isCommand: true, text })),
          { isCommand: false, text: "Or wait." },
        ]);
        const found: string[] = [];
        withCommands(remedy, (command) => String(found.push(command)));
        assert.deepEqual(found, calls);
      }),
    );
  });

  it("are lines of the page that can be copied, and no markup", () => {
    assert.ok(bastion !== undefined);
    const calls = deleting("ada", "<b>");
    const remedy = `add ada; or ${inAccount(bastion, calls)}`;
    const report = verify(
      organisation,
      committedExpectation(),
      defaultSettings,
      new Date(0),
    );
    const one = finding("user-not-in-config", bastion, "arn", "ada", remedy);
    const page = toPage({ ...report, findings: [one] });
    const [item = ""] = /<li>ada<br>[^]*?<\/li>/.exec(page) ?? [];
    const lines = [...item.matchAll(/<code>(.*?)<\/code>/g)].map(
      ([, line = ""]) =>
        line
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&#39;", "'"),
    );
    assert.deepEqual(lines, calls);
    assert.doesNotMatch(item, /<b>/);
    assert.match(item, /<br>Fix: add ada; or in account 111111111111:\n<code>/);
  });
});
