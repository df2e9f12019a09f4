import type { Context, RootHookObject, Suite } from "mocha";
import { ensureEngine, NoEngineError } from "../../sandbox/engine";
import { needsOf } from "./time-limits";

/**
 * Before the first test that needs the engine, since building it may take longer than any test may.
 * Without one, the tests that need it fail one by one and say so; the others still run.
 */
export const mochaHooks: RootHookObject = {
  async beforeAll(this: Context) {
    const { suites } = this.test?.parent ?? { suites: [] };
    const needs = suites.map(({ file = "" }: Suite) => needsOf(file));
    if (!needs.includes("engine") && !needs.includes("faults")) return;
    this.timeout(0);
    try {
      await ensureEngine(console.log);
    } catch (error) {
      if (!(error instanceof NoEngineError)) throw error;
      console.log(error.message);
    }
  },
};
