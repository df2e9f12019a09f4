import { startEngine, type Engine } from "./smt/engine";

/** Starts the solver before the tests of a chapter and ends it after them; skips without it. */
export function withEngine(limit: number): () => Engine {
  let engine: Engine | undefined;
  before(async function () {
    try {
      engine = await startEngine(limit);
    } catch (error) {
      if (!isMissing(error)) throw error;
      console.warn(
        `z3-solver can't be loaded, so nothing is proved: ${error.message}. Fix: npm ci.`,
      );
      this.skip();
    }
  });
  after(() => engine?.close());
  return () => {
    if (engine === undefined) throw new Error("the solver has not started");
    return engine;
  };
}

const isMissing = (error: unknown): error is Error =>
  error instanceof Error &&
  ("code" in error
    ? error.code === "MODULE_NOT_FOUND" || error.code === "ERR_MODULE_NOT_FOUND"
    : /WebAssembly|SharedArrayBuffer/.test(error.message));
