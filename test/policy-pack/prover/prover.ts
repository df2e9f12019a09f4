import { Evaluation } from "./documents/evaluate";
import { isReading, NotEncoded } from "./documents/limits";
import { statementsOf, type Statement } from "./documents/read";
import type { Caller } from "./requests/callers";
import { and, flag, not, type Formula } from "./smt/formula";
import type { Regex } from "./smt/regex";
import { Solver, type Solution } from "./smt/solve";
import type { Engine } from "./smt/engine";

/** A set of requests of one kind of caller, and the documents that decide over them. */
export interface Question {
  readonly caller: Caller;
  /** Each layer must allow. */
  readonly layers: readonly (readonly unknown[])[];
  /** Actions and resources, as `askedFor` puts them together. */
  readonly asked: Regex;
  /** What the requests have in common besides; keys as the documents see them. */
  readonly given: (keys: Evaluation) => Formula;
}

export type Answer =
  | {
      readonly answer: "open";
      readonly caller: string;
      readonly model: ReadonlyMap<string, string>;
    }
  | { readonly answer: "closed" }
  /** AWS's documentation reads both ways. */
  | { readonly answer: "not documented" }
  /** The solver gave up, or the encoding has no words for it. */
  | { readonly answer: "unknown" | "not encoded"; readonly why: string };

/** Answers questions about documents by an SMT solver alone. */
export class Prover {
  private readonly solver: Solver;

  constructor(engine: Engine) {
    this.solver = new Solver(engine);
  }

  /** Whether any of the questions is open. */
  any(questions: readonly Question[]): Answer {
    let other: Answer | undefined;
    for (const question of questions) {
      const answer = this.ask(question);
      if (answer.answer === "open") return answer;
      if (answer.answer !== "closed") other ??= answer;
    }
    return other ?? { answer: "closed" };
  }

  ask(question: Question): Answer {
    try {
      return this.decide(question);
    } catch (error) {
      if (!(error instanceof NotEncoded)) throw error;
      return { answer: "not encoded", why: error.message };
    }
  }

  private decide(question: Question): Answer {
    const { caller, layers, asked, given } = question;
    const documents = layers.map((layer): readonly Statement[] =>
      layer.flatMap(statementsOf),
    );
    const evaluation = new Evaluation(caller, documents);
    const formula = and(
      caller.keys.facts,
      evaluation.isAllowed,
      given(evaluation),
    );
    const domains = new Map([...caller.keys.domains, ["asked", asked]]);
    const found = this.solver.solve(formula, domains);
    if (found.answer === "sat") {
      return this.readEveryWay(caller, formula, domains, found.model);
    }
    return found.answer === "unsat"
      ? { answer: "closed" }
      : { answer: "unknown", why: found.why };
  }

  /** Open is only what is open however the documentation is read. */
  private readEveryWay(
    caller: Caller,
    formula: Formula,
    domains: ReadonlyMap<string, Regex>,
    model: ReadonlyMap<string, string>,
  ): Answer {
    for (const reading of readings([...flagsOf(formula)].filter(isReading))) {
      const found: Solution = this.solver.solve(
        and(formula, ...reading),
        domains,
      );
      if (found.answer === "unsat") return { answer: "not documented" };
      if (found.answer === "unknown") {
        return { answer: "unknown", why: found.why };
      }
    }
    return { answer: "open", caller: caller.kind, model };
  }
}

/** Each way to read all that is left open. */
function readings(flags: readonly string[]): readonly (readonly Formula[])[] {
  const [first, ...more] = flags;
  if (first === undefined) return [];
  const rest = more.length === 0 ? [[]] : readings(more);
  return rest.flatMap((one) => [
    [flag(first), ...one],
    [not(flag(first)), ...one],
  ]);
}

function flagsOf(formula: Formula): ReadonlySet<string> {
  switch (formula.kind) {
    case "flag":
      return new Set([formula.name]);
    case "and":
    case "or":
      return new Set(formula.of.flatMap((one) => [...flagsOf(one)]));
    case "not":
      return flagsOf(formula.of);
    default:
      return new Set();
  }
}
