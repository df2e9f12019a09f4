import assert from "node:assert/strict";
import { shellOptions } from "../../sandbox/shell-options";

/** What was typed, and what it asks for; a pattern: it is refused so. */
const cases: readonly (readonly [
  readonly string[],
  { readonly messy: boolean; readonly help: boolean } | RegExp,
])[] = [
  [[], { messy: false, help: false }],
  [["--messy"], { messy: true, help: false }],
  [["--help"], { messy: false, help: true }],
  [["-h", "--messy"], { messy: true, help: true }],
  [["--mesy"], /^Unknown option '--mesy'[^]*\n {2}--messy {3}keeps an account/],
  [["messy"], /^Unexpected argument 'messy'[^]*--help/],
  [["--messy=yes"], /does not take an argument[^]*--messy/],
];

describe("what npm run sandbox is asked for", () => {
  for (const [typed, asked] of cases) {
    it(`${asked instanceof RegExp ? "refuses" : "takes"} "${typed.join(" ")}"`, () => {
      const options = shellOptions(typed);
      if (!(asked instanceof RegExp))
        assert.deepEqual({ ...(options as object) }, asked);
      else assert.match(typeof options === "string" ? options : "", asked);
    });
  }
});
