import type { init as initialize } from "z3-solver";

export type Satisfiability = "sat" | "unsat" | "unknown";

/** Z3, which runs as WebAssembly in this process. */
export interface Engine {
  /** @param script declarations and assertions in SMT-LIB */
  readonly check: (script: string, names: readonly string[]) => Checked;
  /** Ends its threads, which keep the process alive otherwise. */
  readonly close: () => void;
}

export interface Checked {
  readonly answer: Satisfiability;
  /** As SMT-LIB shows it: values of the names where it is sat, the reason where it is unknown. */
  readonly shown: string;
}

/** The part of Emscripten's runtime that calls functions and ends threads. */
interface Runtime {
  readonly ccall: (
    name: string,
    result: "string",
    types: readonly string[],
    values: readonly unknown[],
  ) => string;
  readonly PThread: { readonly terminateAllThreads: () => void };
}

/** Enough for all but a few questions of the generator, which take seconds then. */
export const effort = 100_000;

/** Questions after which the solver starts anew, so that it does not grow for good. */
const mostAtOnce = 2_000;

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
  const runtime = solver.em as Runtime;
  const context = Z3.mk_context(Z3.mk_config());
  // Its asynchronous sibling reads the text when it may be overwritten already.
  const run = (commands: string): string =>
    runtime.ccall(
      "Z3_eval_smtlib2_string",
      "string",
      ["number", "string"],
      [context, commands],
    );
  let count = 0;
  const check: Engine["check"] = (script, names) => {
    if (count % mostAtOnce === 0) run(`(reset)(set-option :rlimit ${limit})`);
    count += 1;
    const answer = run(`(push)${script}(check-sat)`).trim();
    if (answer !== "sat" && answer !== "unsat" && answer !== "unknown") {
      throw new Error(`the solver does not understand ${script}: ${answer}`);
    }
    const shown = run(further(answer, names));
    run("(pop)");
    return { answer, shown };
  };
  return {
    check,
    close: () => {
      runtime.PThread.terminateAllThreads();
    },
  };
}

function further(answer: Satisfiability, names: readonly string[]): string {
  if (answer === "unknown") return "(get-info :reason-unknown)";
  return answer === "sat" && names.length > 0
    ? `(get-value (${names.join(" ")}))`
    : "";
}
