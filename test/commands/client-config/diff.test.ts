import assert from "node:assert/strict";
import fc from "fast-check";
import { aroundChanges, diffLines } from "../../../commands/client-config/diff";

const told = (before: string, after: string) =>
  diffLines(before.split(""), after.split(""))
    .map(({ sign, text }) => sign + text)
    .join("");

describe("a diff", () => {
  it("shows what goes and what comes", () => {
    assert.equal(told("abc", "axc"), " a-b+x c");
    assert.equal(told("", "ab"), "+a+b");
    assert.equal(told("ab", ""), "-a-b");
    assert.equal(told("abcd", "acbd"), " a-b c+b d");
  });

  it("gives both texts back, from any two texts", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = diffLines(before, after);
        const side = (sign: string) =>
          diff
            .filter((line) => line.sign === " " || line.sign === sign)
            .map(({ text }) => text);
        assert.deepEqual(side("-"), before);
        assert.deepEqual(side("+"), after);
      }),
    );
  });

  it("of two long texts is all of the old one and all of the new", () => {
    const lines = (name: string) =>
      Array.from({ length: 3_000 }, (_, index) => `${name} ${index}`);
    const diff = diffLines(lines("old"), lines("new"));
    assert.equal(diff.length, 6_000);
    assert.equal(diff[0]?.sign, "-");
  });

  it("leaves out what is far from a change", () => {
    const shown = aroundChanges(
      diffLines("abcdefgh".split(""), "abcdXfgh".split("")),
      1,
    );
    assert.deepEqual(
      shown.map((line) => (line ? line.sign + line.text : "…")),
      ["…", " d", "-e", "+X", " f", "…"],
    );
  });
});
