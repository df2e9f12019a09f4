import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readStrictly } from "../../../commands/config-change/strict-yaml";
import { checkout } from "../../../sandbox/engine/paths";

describe("YAML that is not read alike everywhere", () => {
  const refused: Readonly<Record<string, readonly [string, RegExp]>> = {
    "a line that ends where another reader sees none": [
      "a: b # c\u2028aws:x: y\n",
      /line 1 has a character that nobody sees/,
    ],
    "the same by U+0085": ["a: b # c\u0085d: e\n", /line 1 has a char/],
    "a tab": ["a:\tb\n", /line 1 has a char/],
    "a return": ["a: b # c\rd: e\n", /line 1 has a char/],
    "a byte order mark": ["\ufeffa: b\n", /line 1 has a char/],
    "text that runs backwards": ["a: b\nc: \u202ed\n", /line 2 has a char/],
    "such a character that is written otherwise": [
      'a: "\\u202e"\n',
      /a text with a character/,
    ],
    "a key with a line break": [
      '"a\\n+ user eve": b\n',
      /a text with a character/,
    ],
    "several documents": ["a: b\n---\nc: d\n", /marks of a document/],
    "a directive": ["%YAML 1.1\n---\na: b\n", /marks of a document/],
    "an anchor": ["a: &x b\nc: *x\n", /line 1 has an anchor/],
    "a merge": [
      "a: { <<: { b: c } }\n",
      /a key or a value that not every version/,
    ],
    "a tag": ["a: !!binary aGk=\n", /line 1 has a tag/],
    "a key twice": ["a: b\na: c\n", /is not YAML: Map keys must be unique/],
    "a key that is a list": ["[a, b]: c\n", /a key that is not a text/],
    "a key that is a number": ["1: c\n", /a key that is not a text/],
    "a text over lines": ["a: b\n  c\n", /a text of several lines/],
    "a quoted text over lines": ['a: "b\n  c"\n', /a text of several lines/],
    "a block": ["a: |\n  b\n", /a text of several lines/],
    "what is no YAML": ["a: [b\n", /is not YAML/],
    ...Object.fromEntries(
      [
        "yes",
        "Off",
        "n",
        "~",
        "010",
        "0x1f",
        "1_000",
        "12:30:45",
        "1.5",
        "1e3",
        ".inf",
        "-1",
        "+1",
        "2026-11-26",
        "=",
        "TRUE",
      ].map((value) => [
        `the plain value ${value}`,
        [`a: ${value}\n`, /that not every version of YAML reads alike/],
      ]),
    ),
  };
  for (const [what, [text, expected]] of Object.entries(refused)) {
    it(`is refused: ${what}`, () => {
      const read = readStrictly(Buffer.from(text));
      assert.ok(read.kind === "faults");
      assert.match(read.faults.join("\n"), expected);
    });
  }

  it("is refused where it is no UTF-8", () => {
    for (const bytes of [
      Buffer.from([0x61, 0xff]),
      Buffer.from("a: b", "utf16le"),
    ]) {
      assert.equal(readStrictly(bytes).kind, "faults");
    }
  });

  it("is none of the project's own files and examples", () => {
    for (const folder of [
      checkout,
      join(checkout, "examples/single-account"),
    ]) {
      for (const name of ["", ".bastion", ".workload"]) {
        const path = join(folder, `Pulumi${name}.yaml`);
        if (folder !== checkout && name === "") continue;
        const read = readStrictly(readFileSync(path));
        assert.ok(read.kind === "data", JSON.stringify(read));
      }
    }
  });
});
