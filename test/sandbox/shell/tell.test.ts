import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { shellOptions } from "../../../sandbox/shell-options";
import { faultLines } from "../../../sandbox/shell/tell";

describe("What a sandbox tells of faults", () => {
  for (const [typed, told] of [
    ["", ""],
    ["--latency 300", "each call takes 300 ms"],
    [
      "--latency 150-450 --faults throttling,stale --seed 7",
      "each call takes 150 to 450 ms, and may meet throttling, stale (--seed 7)",
    ],
    ["--faults slow", "each call may meet slow (--seed 1)"],
  ] as const) {
    it(`is "${told}" for "${typed}"`, () => {
      const options = shellOptions(typed.split(" ").filter(Boolean), {});
      assert.ok(typeof options !== "string", typed);
      const text = stripVTControlCharacters(faultLines(options.faults).join());
      assert.equal(
        text.replaceAll(/\s+/g, " ").trim(),
        told === "" ? "" : `▸ From now on ${told}`,
      );
    });
  }
});
