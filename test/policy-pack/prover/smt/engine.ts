import { init } from "z3-solver";

/** Z3, which runs as WebAssembly in threads of its own. */
export interface Engine {
  /** Runs SMT-LIB commands one after another; what they print is the answer. */
  readonly run: (commands: string) => Promise<string>;
  /** Forgets all that was declared and asserted. */
  readonly reset: () => Promise<void>;
  /** Ends the threads, which keep the process alive otherwise. */
  readonly close: () => void;
}

/** The part of Emscripten's runtime that ends its threads. */
interface Threads {
  readonly PThread: { readonly terminateAllThreads: () => void };
}

/** @param milliseconds after which a question is given up */
export async function startEngine(milliseconds: number): Promise<Engine> {
  const { Z3, em } = await init();
  const context = Z3.mk_context(Z3.mk_config());
  const run = (commands: string) => Z3.eval_smtlib2_string(context, commands);
  return {
    run,
    reset: async () => {
      await run(`(reset)(set-option :timeout ${milliseconds})`);
    },
    close: () => {
      (em as Threads).PThread.terminateAllThreads();
    },
  };
}
