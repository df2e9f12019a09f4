import { ensureEngine, NoEngineError } from "../sandbox/engine";

/**
 * Before the first test, since building the engine may take longer than any test may. Without one, the
 * tests that need it fail one by one and say so; the others still run.
 */
export async function mochaGlobalSetup(): Promise<void> {
  try {
    await ensureEngine(console.log);
  } catch (error) {
    if (!(error instanceof NoEngineError)) throw error;
    console.log(error.message);
  }
}
