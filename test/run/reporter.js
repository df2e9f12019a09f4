// Mocha's own spec reporter, then how to repeat what property tests found, and last one line of counts
// for machines: or, where mocha is a part of a longer run (all.ts), a message with the counts.
"use strict";

const { Spec } = require("mocha").reporters;
const { moreRuns, seed } = require("./property-tests");

module.exports = class extends Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    if (failures > 0) {
      console.log(
        `Property tests ran from seed ${seed}. With the same seed again: ` +
          `SEED=${seed} MORE_RUNS=${moreRuns} npx mocha <file>\n`,
      );
    }
    if (process.send) {
      process.send({ passed: passes, failed: failures, skipped: pending });
    } else {
      console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
    }
  }
};
