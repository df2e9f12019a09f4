import assert from "node:assert/strict";
import fc from "fast-check";
import { cellsOf } from "../../../commands/formats/cells";
import { table, type Columns } from "../../../commands/formats/table";
import { wrap } from "../../../commands/formats/wrap";

const wide = "\u7d4c\u7406\u90e8\u9580\u306e\u30a2\u30ab\u30a6\u30f3\u30c8";
const rocket = "\ud83d\ude80";

const name = fc.string({
  unit: fc.constantFrom("a", "b", " ", "\u7d4c", "\uff21", rocket, "e\u0301"),
  maxLength: 60,
});

describe("text for a terminal", () => {
  it("counts two cells for a letter of East Asia and for an emoji", () => {
    assert.equal(cellsOf("ada"), 3);
    assert.equal(cellsOf(wide), 20);
    assert.equal(cellsOf(rocket), 2);
    assert.equal(cellsOf("e\u0301"), 1);
  });

  const columns: Columns<readonly [string, string]> = [
    ["Account", ([one]) => one],
    ["Who", ([, other]) => other],
  ];

  it("draws each line of a table as wide as the others, and none wider than the terminal", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { minLength: 1 }), (rows) => {
        const lines = table(columns, rows, 47).split("\n");
        const [width = 0] = lines.map(cellsOf);
        assert.ok(width <= 47);
        for (const line of lines) assert.equal(cellsOf(line), width, line);
      }),
      { numRuns: 20 },
    );
  });

  it("writes the rows as lists, with all of their words, where a table would be too wide", () => {
    const long = `arn:aws:iam::222222222222:role/${"R".repeat(64)}`;
    const text = table(columns, [[long, "ada and bashir"]], 30);
    const lines = text.split("\n");
    for (const line of lines) assert.ok(cellsOf(line) <= 30, line);
    assert.match(lines[0] ?? "", /^- Account: arn:aws:iam::/);
    assert.equal(lines.at(-1), "  Who: ada and bashir");
    assert.ok(
      text.replaceAll(/\s+/g, "").includes(long),
      "no character is lost",
    );
  });

  it("cuts a word at the cells that there are, and loses no character of it", () => {
    fc.assert(
      fc.property(name, (text) => {
        const lines = wrap(text, 8);
        for (const line of lines) assert.ok(cellsOf(line) <= 8, line);
        const words = (given: string) => given.replaceAll(" ", "");
        assert.equal(words(lines.join("")), words(text));
      }),
    );
    assert.deepEqual(wrap(`${wide}x`, 11), [
      wide.slice(0, 5),
      `${wide.slice(5)}x`,
    ]);
  });
});
