/**
 * `npm run test:explore`: the files with property tests, from a random seed and with many times the runs
 * of `npm test`. `SEED=<number>` repeats what one such run found; arguments go to mocha.
 */
import { randomInt } from "node:crypto";
import { filesThatImport, runFiles } from "./mocha";

/** A workflow sets what it leaves open to nothing. */
const chosen = (name: string, otherwise: string): string => {
  const text = process.env[name] ?? "";
  return text === "" ? otherwise : text;
};

const seed = chosen("SEED", String(randomInt(2 ** 31)));
const moreRuns = chosen("MORE_RUNS", "10");

console.log(
  `Property tests from seed ${seed}, each with ${moreRuns} times its runs. The same again:\n` +
    `  SEED=${seed} MORE_RUNS=${moreRuns} npm run test:explore`,
);
process.exitCode = runFiles(filesThatImport('from "fast-check'), {
  SEED: seed,
  MORE_RUNS: moreRuns,
});
