import assert from "node:assert/strict";
import fc from "fast-check";
import { cellsOf } from "../../../commands/formats/cells";
import { table } from "../../../commands/formats/table";
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

  it("draws each line of a table as wide as the others, and none wider than the terminal", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { minLength: 1 }), (rows) => {
        const lines = table(
          [
            ["Account", ([one]) => one],
            ["Who", ([, other]) => other],
          ],
          rows,
          40,
        ).split("\n");
        const [width = 0] = lines.map(cellsOf);
        assert.ok(width <= 40);
        for (const line of lines) assert.equal(cellsOf(line), width, line);
      }),
      { numRuns: 20 },
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
