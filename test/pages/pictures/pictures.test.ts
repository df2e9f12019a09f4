import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import { shownTable } from "./terminal";

describe("the pictures in the README", () => {
  it("show the tour's table as it is today (npm run pictures makes them anew)", () => {
    const svg = readFileSync(join(checkout, "docs/terminal.svg"), "utf8");
    const lines = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(
      ([, text]) => text,
    );
    assert.deepEqual(
      lines.filter((line = "") => /^[│┌├└]/.test(line)),
      shownTable(),
    );
    assert.ok(lines.some((line = "") => /^│ bashir .*✓ allowed/.test(line)));
  });

  it("are small enough for a page", () => {
    for (const file of ["docs/terminal.svg", "docs/verify.png"]) {
      assert.ok(statSync(join(checkout, file)).size < 150_000, file);
    }
  });
});
