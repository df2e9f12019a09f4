import type { init as initialize } from "z3-solver";

/** Z3, which runs as WebAssembly in threads of its own. */
export interface Engine {
  /**
   * Forgets all that was declared and asserted, and runs SMT-LIB commands one after another; what
   * they print is the answer.
   */
  readonly runAnew: (commands: string) => Promise<string>;
  /** Runs further commands. */
  readonly run: (commands: string) => Promise<string>;
  /** Ends the threads, which keep the process alive otherwise. */
  readonly close: () => void;
}

/** The part of Emscripten's runtime that ends its threads. */
interface Threads {
  readonly PThread: { readonly terminateAllThreads: () => void };
}

/** Enough for all but a few questions of the generator, which take seconds then. */
export const effort = 300_000;

/**
 * @param limit after which a question is given up, in the solver's own count of steps: the same on
 * every machine
 */
export async function startEngine(limit: number): Promise<Engine> {
  const { init } = (await import("z3-solver")) as {
    readonly init: typeof initialize;
  };
  const solver = await init();
  const { Z3 } = solver;
  const threads = solver.em as Threads;
  const context = Z3.mk_context(Z3.mk_config());
  const run = (commands: string) => Z3.eval_smtlib2_string(context, commands);
  return {
    run,
    runAnew: (commands) =>
      run(`(reset)(set-option :rlimit ${limit})${commands}`),
    close: () => {
      threads.PThread.terminateAllThreads();
    },
  };
}
