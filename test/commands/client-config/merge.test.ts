import assert from "node:assert/strict";
import fc from "fast-check";
import { mergeSection } from "../../../commands/client-config/merge";
import { clientSetUp } from "../../../infra/profiles/profiles";
import { clientSection, sectionText } from "../../../infra/profiles/section";
import { runs } from "../../run/property-tests";
import { acme, userOf } from "./acme";

const sectionOf = (user: string, mfaDevice = user) =>
  clientSection(clientSetUp(acme(), userOf(acme(), user), { mfaDevice }));

const ada = sectionOf("ada");
const adasText = sectionText(ada);
const adasOther = sectionOf("ada", "new-phone");
const merge = (existing: string) => mergeSection(existing, ada);
const inCrlf = (text: string) => text.replaceAll("\n", "\r\n");

const others = `[default]
region = eu-west-1
  # indented, and a line with spaces:
\t
[profile work]
s3 =
  max_concurrent_requests = 20
[sso-session corp]
sso_region = eu-west-1
`;

describe("merging a section into a config file", () => {
  it("makes it the whole of an empty file", () => {
    assert.equal(merge("").text, adasText);
  });

  it("puts it behind what is there, and there it stays", () => {
    const { text, changed, before } = merge(others);
    assert.equal(text, others + adasText);
    assert.equal(changed, true);
    assert.deepEqual(before, []);
    assert.deepEqual(merge(text), {
      text,
      before: ada.lines,
      changed: false,
    });
  });

  it("ends a last line that has no end", () => {
    assert.equal(merge("[default]").text, `[default]\n${adasText}`);
    assert.equal(
      merge("[default]\r\nregion = x").text,
      `[default]\r\nregion = x\r\n${inCrlf(adasText)}`,
    );
  });

  it("replaces it where it stands, between what others wrote", () => {
    const behind = "[profile after]\nregion = x";
    const existing = others + sectionText(adasOther) + behind;
    const merged = merge(existing);
    assert.equal(merged.text, others + adasText + behind);
    assert.deepEqual(merged.before, adasOther.lines);
  });

  it("overwrites what was changed by hand between the markers", () => {
    const edited = adasText.replace(
      "duration_seconds = 3600",
      "duration_seconds = 1",
    );
    assert.equal(merge(others + edited).text, others + adasText);
  });

  it("speaks CRLF where the file does, a byte order mark or not, and keeps a missing last end missing", () => {
    const mark = "\u00ef\u00bb\u00bf";
    const windows = mark + inCrlf(others);
    assert.equal(merge(windows).text, windows + inCrlf(adasText));
    assert.equal(merge(merge(windows).text).changed, false);
    assert.equal(merge(mark).text, mark + adasText);
    assert.equal(merge(mark + adasText).changed, false);
    const open = adasText.slice(0, -1);
    assert.equal(merge(open).changed, false);
    assert.equal(merge(sectionText(adasOther).slice(0, -1)).text, open);
  });

  it("leaves the sections of other users alone", () => {
    const eve = sectionText(sectionOf("eve"))
      .replaceAll("[profile ", "[profile eves-")
      .replaceAll("source_profile = ", "source_profile = eves-");
    assert.equal(merge(eve).text, eve + adasText);
    assert.equal(merge(adasText + eve).changed, false);
  });

  for (const [what, existing, message] of [
    [
      "a profile of its own name outside the markers",
      "[profile prod-readonly]\n",
      /line 1: \[profile prod-readonly\]/,
    ],
    [
      "one that is written otherwise",
      '[default]\n[ profile  "bastion" ] # mine\n',
      /line 2: \[profile bastion\]/,
    ],
    [
      "one behind the section",
      `${adasText}[profile bastion]\n`,
      /profiles already/,
    ],
    [
      "one of another user's section",
      sectionText(sectionOf("eve")),
      /in the section of eve: \[profile bastion\]/,
    ],
    [
      "a section without an end",
      `${ada.lines[0]}\n[profile x]\n`,
      /line 1: has no end/,
    ],
    [
      "an end without a section",
      `\n${ada.lines.at(-1)}\n`,
      /line 2: ends here, and has not begun/,
    ],
    ["a section twice", adasText + adasText, /further up already/],
    [
      "a section inside another",
      `# >>> bastion-account: eve\n${adasText}`,
      /line 1: another begins at line 2/,
    ],
    [
      "a section that ends as another's",
      `${ada.lines[0]}\n# <<< bastion-account: eve\n`,
      /has not begun/,
    ],
    [
      "keys behind the section that would join its last profile",
      `${adasText}# note\n\nregion = x\n`,
      /comes after the section and under no header/,
    ],
    ["UTF-16", "\u00ff\u00fe[\0d\0", /UTF-16/],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => merge(existing), { name: "SetUpError", message });
      assert.throws(() => merge(existing), /[Nn]othing was changed/);
    });
  }

  it("takes no other header for a profile of its own", () => {
    for (const header of [
      "[bastion]",
      "[profile bastion2]",
      "[profile Bastion]",
      "# [profile bastion]",
      "[sso-session bastion]",
    ]) {
      assert.equal(merge(`${header}\n`).text, `${header}\n${adasText}`);
    }
  });
});

describe("a config file of ten million characters", () => {
  const many = (text: string): string =>
    text.repeat(Math.ceil(10_000_000 / text.length));
  for (const [of, existing] of [
    ["spaces in a header", `[profile ${many(" ")}`],
    ["quotes in a header", `[profile "${many('"')}`],
    ["words in a header", `[ profile ${many("a ")}`],
    ["one line", many("a")],
    ["profiles", many("[profile a]\nregion = b\n")],
    ["spaces behind a mark", `# >>> other: x${many("\t ")}y`],
    [
      "sections of others",
      Array.from(
        { length: 150_000 },
        (_, index) =>
          `# >>> bastion-account: u${index}\n# <<< bastion-account: u${index}\n`,
      ).join(""),
    ],
  ] as const) {
    it(`is merged into within seconds, for ${of}`, () => {
      const began = process.cpuUsage();
      const { text } = merge(existing);
      assert.ok(text.startsWith(existing));
      assert.ok(process.cpuUsage(began).user < 8_000_000);
    });
  }
});

describe("whatever stands around a section", () => {
  const end = fc.constantFrom("\n", "\r\n", "\n", "\r");
  // Any byte but those that end lines, zero, and what could begin a marker or a profile's name.
  const byte = fc
    .integer({ min: 1, max: 255 })
    .filter((code) => code !== 10 && code !== 13)
    .map((code) => String.fromCharCode(code));
  const line = fc.oneof(
    fc.string({ unit: byte, maxLength: 12 }),
    fc.constantFrom(
      "[default]",
      "[profile work]",
      "  nested = 1",
      "",
      "# note",
      "# >>> other-tool: ada",
      "# <<<",
    ),
  );
  const content = fc
    .array(fc.tuple(line, end), { maxLength: 8 })
    .chain((lines) =>
      fc.tuple(
        fc.constant(lines.map(([text, ending]) => text + ending).join("")),
        fc.oneof(fc.constant(""), line),
      ),
    )
    .map(([lines, open]) => lines + open);
  /** What follows a section has to begin with a header. */
  const behind = fc.oneof(
    fc.constant(""),
    content.map((text) => `[other]\n${text}`),
  );

  it("stays as it is, byte for byte, when the section is put there", () => {
    fc.assert(
      fc.property(content, (existing) => {
        const { text } = merge(existing);
        assert.ok(text.startsWith(existing));
        const added = text.slice(existing.length).replaceAll(/\r\n?/g, "\n");
        assert.ok([adasText, `\n${adasText}`].includes(added));
      }),
      { numRuns: runs(1_000) },
    );
  });

  it("stays as it is, byte for byte, when the section is replaced", () => {
    fc.assert(
      fc.property(content, behind, (first, last) => {
        const start = mergeSection(first, adasOther).text;
        const { text } = merge(start + last);
        assert.ok(text.startsWith(first));
        assert.ok(text.endsWith(last));
        assert.equal(text, merge(first).text + last);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it("is found unchanged by a second run, which has nothing to do", () => {
    fc.assert(
      fc.property(content, behind, (first, last) => {
        const once = merge(first).text + last;
        const again = merge(once);
        assert.equal(again.changed, false);
        assert.equal(again.text, once);
      }),
      { numRuns: runs(1_000) },
    );
  });
});
