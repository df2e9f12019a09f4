import assert from "node:assert/strict";
import { sideBySide } from "../../../commands/deploy/side-by-side";

const gigabyte = 1_000_000_000;

/** Cores, free GB, accounts of the largest stack, and how many stacks run side by side. */
const cases: readonly (readonly [number, number, number, number])[] = [
  [2, 8, 1, 4],
  [2, 2, 1, 2],
  [2, 0.3, 1, 1],
  [1, 64, 1, 2],
  [16, 64, 1, 32],
  [16, 16, 1, 16],
  [16, 64, 50, 2],
  [4, 8, 50, 1],
  [4, 16, 0, 8],
];

describe("how many stacks run side by side", () => {
  for (const [cores, free, accounts, stacks] of cases) {
    it(`is ${stacks} with ${cores} cores and ${free} GB, where the largest has ${accounts} accounts`, () => {
      assert.equal(
        sideBySide({ cores, memory: free * gigabyte }, accounts),
        stacks,
      );
    });
  }
});
