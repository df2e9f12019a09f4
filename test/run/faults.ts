/**
 * `npm run test:faults`: all `*.faults.test.ts`, which kill deployments and have AWS misbehave, for longer
 * than `npm test` has time for. `SEED=<number>` repeats a run; arguments go to mocha, as the files to run.
 */
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";

const given = process.env["SEED"] ?? "";
// A workflow sets what it leaves open to nothing.
const seed = given === "" ? String(randomInt(2 ** 31)) : given;
const args = process.argv.slice(2);
const specs = args.some((arg) => arg.endsWith(".test.ts"))
  ? []
  : ["test/**/*.faults.test.ts"];

console.log(
  `From seed ${seed}. The same again: SEED=${seed} npm run test:faults`,
);
const { status } = spawnSync(
  process.execPath,
  [join(checkout, "node_modules/mocha/bin/mocha.js"), ...specs, ...args],
  { cwd: checkout, stdio: "inherit", env: { ...process.env, SEED: seed } },
);
process.exitCode = status ?? 1;
