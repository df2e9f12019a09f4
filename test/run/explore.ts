/**
 * `npm run test:explore`: the files with property tests, from a random seed and with many times the runs
 * of `npm test`. `SEED=<number>` repeats what one such run found; arguments go to mocha.
 */
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";

/** A workflow sets what it leaves open to nothing. */
const chosen = (name: string, otherwise: string): string => {
  const text = process.env[name] ?? "";
  return text === "" ? otherwise : text;
};

const seed = chosen("SEED", String(randomInt(2 ** 31)));
const moreRuns = chosen("MORE_RUNS", "10");

const files = readdirSync(join(checkout, "test"), { recursive: true })
  .map((file) => join("test", String(file)))
  .filter((file) => file.endsWith(".test.ts"))
  .filter((file) =>
    readFileSync(join(checkout, file), "utf8").includes('from "fast-check"'),
  )
  .sort();

console.log(
  `Property tests from seed ${seed}, each with ${moreRuns} times its runs. The same again:\n` +
    `  SEED=${seed} MORE_RUNS=${moreRuns} npm run test:explore`,
);
const { status } = spawnSync(
  process.execPath,
  [
    join(checkout, "node_modules/mocha/bin/mocha.js"),
    ...files,
    ...process.argv.slice(2),
  ],
  {
    cwd: checkout,
    stdio: "inherit",
    env: { ...process.env, SEED: seed, MORE_RUNS: moreRuns },
  },
);
process.exitCode = status ?? 1;
