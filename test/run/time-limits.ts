import type { Context, RootHookObject, Runnable } from "mocha";
import { moreRuns } from "./property-tests";

/** Milliseconds that one test may take, or one hook: by what the file's name says that it needs. */
const limits = {
  engine: 180_000,
  cli: 180_000,
  /** `npm run test:faults` has the time. */
  faults: 3_600_000,
  unit: 60_000,
};

/** What a test needs: the engine, for longer too, another program of the machine, or neither. */
export function needsOf(file: string): keyof typeof limits {
  const [, needs] = /\.(engine|cli|faults)\.test\.ts$/.exec(file) ?? [];
  return needs === "engine" || needs === "cli" || needs === "faults"
    ? needs
    : "unit";
}

/** A test's own `timeout` is left out of account: the limits are there to be met. */
export const mochaHooks: RootHookObject = {
  beforeEach(this: Context) {
    limit(this.currentTest);
  },
};

function limit(test: Runnable | undefined): void {
  test?.timeout(limits[needsOf(test.file ?? "")] * moreRuns);
}
