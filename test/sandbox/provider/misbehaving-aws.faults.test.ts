import assert from "node:assert/strict";
import { seed } from "../../run/property-tests";
import { deployUnder, passingFaults } from "./misbehaving-aws";
import { startRunningProvider } from "./running-provider";

/** Of each kind of fault. */
const runs = 20;

describe("the provider, with an AWS that misbehaves in many ways", () => {
  for (const [kind, rule] of Object.entries(passingFaults)) {
    it(`makes, changes and removes all the same: ${kind}, ${runs} times`, async () => {
      const running = await startRunningProvider();
      try {
        let met = 0;
        for (let run = 0; run < runs; run += 1)
          met += await deployUnder(running, seed + run, rule);
        assert(met > 2 * runs, `${met} faults`);
      } finally {
        await running.close();
      }
    });
  }
});
