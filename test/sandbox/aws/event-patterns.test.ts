import assert from "node:assert/strict";
import { AwsError } from "../../../sandbox/aws/errors";
import {
  matches,
  parsePattern,
} from "../../../sandbox/aws/services/event-pattern";

const patternOf = (wanted: unknown) =>
  parsePattern(JSON.stringify({ detail: { a: [wanted] } }));

/** What a pattern asks of one value, with values that it finds and that it does not. */
const cases: readonly (readonly [
  wanted: unknown,
  found: readonly unknown[],
  other: readonly unknown[],
])[] = [
  ["x", ["x", ["y", "x"]], ["X", 1, undefined]],
  [null, [null], ["", undefined]],
  [{ exists: true }, ["", null, 0], [undefined]],
  [{ exists: false }, [undefined], ["", null]],
  [{ prefix: "aws." }, ["aws.sts"], ["AWS.sts", "saws.", 1]],
  [{ prefix: { "equals-ignore-case": "AWS." } }, ["aws.sts"], ["sts"]],
  [{ suffix: ".png" }, ["a.png"], ["a.PNG"]],
  [{ suffix: { "equals-ignore-case": ".png" } }, ["a.PNG"], ["a.gif"]],
  [{ "equals-ignore-case": "Alice" }, ["aLICE"], ["alice b"]],
  [
    { wildcard: "dir/*.png" },
    ["dir/a.png", "dir/.png", "dir/b/c.png"],
    ["dir/a.gif", "a/dir/b.png", "dir.png"],
  ],
  [{ wildcard: "*a*b*" }, ["ab", "xaybz"], ["ba", "a"]],
  [{ wildcard: "ab*ab" }, ["abab", "ab ab"], ["ab", "aab"]],
  [{ wildcard: "1\\*2" }, ["1*2"], ["1x2"]],
  [{ numeric: ["=", 3] }, [3, 3.0], ["3", 4]],
  [{ numeric: [">", 0, "<=", 5] }, [1, 5], [0, 6, "1"]],
  [{ cidr: "10.0.0.0/24" }, ["10.0.0.255"], ["10.0.1.0", "x", "::1"]],
  [{ cidr: "2001:db8::/32" }, ["2001:db8::1"], ["2001:db9::1"]],
  [{ "anything-but": "x" }, ["y", 1, null], ["x", undefined]],
  [{ "anything-but": ["x", "y"] }, ["z"], ["x", "y"]],
  [{ "anything-but": [1, 2] }, [3], [1]],
  [{ "anything-but": { prefix: "us-" } }, ["eu-west-1"], ["us-east-1"]],
  [{ "anything-but": { suffix: [".a", ".b"] } }, ["x.c"], ["x.a", "x.b"]],
  [{ "anything-but": { wildcard: "*/lib/*" } }, ["/bin/x"], ["/lib/x"]],
  [{ "anything-but": { "equals-ignore-case": ["A"] } }, ["b"], ["a"]],
];

const refused: readonly unknown[] = [
  ["x"],
  { exists: "true" },
  { prefix: 1 },
  { prefix: { suffix: "x" } },
  { prefix: "a", suffix: "b" },
  { wildcard: "a**b" },
  { wildcard: "a\\b" },
  { numeric: [">"] },
  { numeric: ["~", 1] },
  { numeric: [">", "1"] },
  { numeric: [">", 1, "<", 2, "<", 3] },
  { cidr: "10.0.0.0/33" },
  { cidr: "10.0.0.0" },
  { "anything-but": [] },
  { "anything-but": [1, "x"] },
  { "anything-but": { exists: true } },
  { "anything-but": { prefix: 1 } },
  { like: "x" },
  {},
];

describe("An event pattern", () => {
  for (const [wanted, found, other] of cases) {
    it(`finds what it asks for, and nothing else: ${JSON.stringify(wanted)}`, () => {
      const pattern = patternOf(wanted);
      const isFound = (a: unknown) => matches(pattern, { detail: { a } });
      for (const one of found) assert.ok(isFound(one), String(one));
      for (const one of other) assert.ok(!isFound(one), String(one));
    });
  }

  it("is refused where a comparison is none, or not of its form", () => {
    for (const one of refused) {
      assert.throws(
        () => patternOf(one),
        (error) =>
          error instanceof AwsError && error.code === "InvalidEventPattern",
        JSON.stringify(one),
      );
    }
  });
});
