/**
 * All that `npm test` runs: mocha, with the files that need the engine first and in parallel, and beside
 * it the checks of the whole checkout. What failed is told at the end; the last line has the counts of
 * everything, for machines. Arguments go to mocha.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";
import { outliveReaders } from "../../sandbox/outlive-readers";

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Check {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

const modules = join(checkout, "node_modules");

const checks: readonly Check[] = [
  {
    name: "types and lint",
    program: join(__dirname, "types-and-lint.mjs"),
    args: [],
  },
  {
    name: "formatting",
    program: join(modules, "prettier/bin/prettier.cjs"),
    args: ["--check", "."],
  },
];

/** Those that take longest come first, so that the short ones fill what time is left. */
const specs = [
  "test/**/*.engine.test.ts",
  "test/**/*.cli.test.ts",
  "test/**/!(*.engine|*.cli|*.faults).test.ts",
];

/** People's clients are a run of their own, npm run test:clients: they change, and are heavy. */
const others = "test/sandbox/clients/**";

/** One more than can work at once, since a preview waits as much as it works. */
const jobs = availableParallelism() + 1;

/** Ends without counts where mocha does: then nothing is known of the tests. */
function runMocha(args: readonly string[]): Promise<Counts | undefined> {
  const child = spawn(
    process.execPath,
    [
      join(modules, "mocha/bin/mocha.js"),
      ...["--parallel", "--jobs", String(jobs), "--ignore", others],
      ...[...specs, ...args],
    ],
    { cwd: checkout, stdio: ["inherit", "inherit", "inherit", "ipc"] },
  );
  let counts: Counts | undefined;
  child.on("message", (message) => {
    counts = message as Counts;
  });
  return new Promise((resolve) => {
    child.on("error", () => {
      resolve(undefined);
    });
    child.on("close", (code) => {
      resolve(code !== 0 && counts?.failed === 0 ? undefined : counts);
    });
  });
}

/** Gives what a check that failed has printed. */
function run({ program, args }: Check): Promise<string | undefined> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: checkout,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const print = (chunk: Buffer): void => {
    printed += chunk.toString();
  };
  child.stdout.on("data", print);
  child.stderr.on("data", print);
  return new Promise((resolve) => {
    child.on("error", ({ message }) => {
      resolve(message);
    });
    child.on("close", (code) => {
      resolve(code === 0 ? undefined : printed);
    });
  });
}

async function runChecks(): Promise<ReadonlyMap<string, string | undefined>> {
  const results = new Map<string, string | undefined>();
  for (const check of checks) results.set(check.name, await run(check));
  return results;
}

async function main(args: readonly string[]): Promise<number> {
  const [tests, results] = await Promise.all([runMocha(args), runChecks()]);
  for (const [name, failure] of results) {
    console.log(failure === undefined ? `  ✔ ${name}` : `  ✘ ${name}`);
  }
  const failures = [...results].filter(([, failure]) => failure !== undefined);
  for (const [name, failure = ""] of failures) {
    console.log(`\n${name}:\n\n${failure.trim()}`);
  }
  if (tests === undefined) {
    console.log("\nmocha ended before it could say what passed.");
  }
  const { passed, failed, skipped } = tests ?? {
    passed: 0,
    failed: 1,
    skipped: 0,
  };
  const allFailed = failed + failures.length;
  const allPassed = passed + results.size - failures.length;
  console.log(`\n${allPassed} passed, ${allFailed} failed, ${skipped} skipped`);
  return allFailed === 0 ? 0 : 1;
}

outliveReaders();
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
