import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesWildcards } from "../../../infra/config/wildcards";
import { runs } from "../../run/property-tests";

/** The same by a regular expression, slow where there are many stars. */
const byRegExp = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`,
    "i",
  ).test(text);

const textOf = (...letters: readonly string[]) =>
  fc
    .array(fc.constantFrom(...letters), { maxLength: 7 })
    .map((drawn) => drawn.join(""));

const patterns = textOf("a", "A", "b", "*", "?");
const texts = textOf("a", "B", "b");

describe("a pattern with wildcards", () => {
  it("means what the regular expression means", () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const isMeant = byRegExp(pattern, text);
        seen.add(isMeant);
        assert.equal(matchesWildcards(pattern, text), isMeant);
      }),
      { numRuns: runs(3_000) },
    );
    assert.equal(seen.size, 2);
  });

  it("takes what a regular expression has as letters for letters", () => {
    assert.ok(matchesWildcards("a.+(b)*", "A.+(B)c"));
    assert.ok(!matchesWildcards("a.c", "abc"));
  });
});
