/**
 * `npm run test:faults`: all `*.faults.test.ts`, which kill deployments and have AWS misbehave, for longer
 * than `npm test` has time for. `SEED=<number>` repeats a run; arguments go to mocha, as the files to run.
 */
import { randomInt } from "node:crypto";
import { runFiles } from "./mocha";

const given = process.env["SEED"] ?? "";
// A workflow sets what it leaves open to nothing.
const seed = given === "" ? String(randomInt(2 ** 31)) : given;
const specs = process.argv.slice(2).some((arg) => arg.endsWith(".test.ts"))
  ? []
  : ["test/**/*.faults.test.ts"];

console.log(
  `From seed ${seed}. The same again: SEED=${seed} npm run test:faults`,
);
process.exitCode = runFiles(specs, { SEED: seed });
