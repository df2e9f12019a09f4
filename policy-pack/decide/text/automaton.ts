import type { Effort } from "../effort";
import {
  isAtEnd,
  isExact,
  start,
  step,
  type Pattern,
  type Positions,
} from "./pattern";

/** A pattern, or a list of exact texts, read character by character; states are numbers. */
export interface Automaton {
  readonly first: number;
  next(state: number, char: string, effort: Effort): number;
  accepts(state: number): boolean;
}

/** No text that goes on from here is accepted. */
export const dead = -1;
/** Every text that goes on from here is accepted. */
export const everything = -2;

/**
 * One that accepts what some of the patterns do. The exact ones are one tree, so that a list of
 * thousands costs as much as one of them.
 */
export function automatonOf(patterns: readonly Pattern[]): Automaton {
  const plain = patterns.filter((one) => isExact(one) && !one.ignoreCase);
  const automata = [
    ...(plain.length === 0 ? [] : [treeOf(plain)]),
    ...patterns
      .filter((one) => !isExact(one) || one.ignoreCase)
      .map((one) => new Deterministic(one)),
  ];
  const [only, ...more] = automata;
  return only !== undefined && more.length === 0 ? only : new Joint(automata);
}

/** Several side by side; their states are made as they are met, and numbered. */
class Joint implements Automaton {
  readonly first: number;
  private readonly states: (readonly number[])[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly steps: Map<string, number>[] = [];

  constructor(private readonly automata: readonly Automaton[]) {
    this.first = this.numberOf(automata.map(({ first }) => first));
  }

  next(state: number, char: string, effort: Effort): number {
    if (state < 0) return state;
    effort.spend(1);
    const steps = this.steps[state];
    const known = steps?.get(char);
    if (known !== undefined) return known;
    const from = this.states[state] ?? [];
    const to = this.numberOf(
      this.automata.map((one, index) =>
        one.next(from[index] ?? dead, char, effort),
      ),
    );
    steps?.set(char, to);
    return to;
  }

  accepts(state: number): boolean {
    if (state < 0) return state === everything;
    const at = this.states[state] ?? [];
    return this.automata.some((one, index) => one.accepts(at[index] ?? dead));
  }

  private numberOf(at: readonly number[]): number {
    if (at.includes(everything)) return everything;
    if (at.every((one) => one === dead)) return dead;
    const name = at.join(",");
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.states.length;
    this.states.push(at);
    this.steps.push(new Map());
    this.numbers.set(name, number);
    return number;
  }
}

/** Sets of positions, made as they are met, and numbered. */
class Deterministic implements Automaton {
  readonly first: number;
  private readonly states: Positions[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly steps: Map<string, number>[] = [];
  /** Behind it there are only stars that take anything. */
  private readonly open: number;

  constructor(private readonly pattern: Pattern) {
    const { tokens } = pattern;
    const last = tokens.findLastIndex(
      (token) => token.kind !== "many" || token.except !== "",
    );
    this.open = last + 1 < tokens.length ? last + 1 : Infinity;
    this.first = this.numberOf(start(pattern));
  }

  next(state: number, char: string, effort: Effort): number {
    if (state < 0) return state;
    effort.spend(1);
    const steps = this.steps[state];
    const known = steps?.get(char);
    if (known !== undefined) return known;
    const from = this.states[state] ?? [];
    effort.spend(from.length);
    const to = this.numberOf(step(this.pattern, from, char));
    steps?.set(char, to);
    return to;
  }

  accepts(state: number): boolean {
    if (state < 0) return state === everything;
    return isAtEnd(this.pattern, this.states[state] ?? []);
  }

  private numberOf(at: Positions): number {
    const last = at.at(-1);
    if (last === undefined) return dead;
    if (last >= this.open) return everything;
    const name = at.join(",");
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.states.length;
    this.states.push(at);
    this.steps.push(new Map());
    this.numbers.set(name, number);
    return number;
  }
}

function treeOf(patterns: readonly Pattern[]): Automaton {
  const branches = [new Map<string, number>()];
  const ends = new Set<number>();
  for (const { tokens } of patterns) {
    let at = 0;
    for (const token of tokens) {
      const char = token.kind === "char" ? token.char : "";
      const next = branches[at]?.get(char) ?? branches.length;
      if (next === branches.length) {
        branches[at]?.set(char, next);
        branches.push(new Map());
      }
      at = next;
    }
    ends.add(at);
  }
  return {
    first: 0,
    next: (state, char, effort) => {
      if (state < 0) return dead;
      effort.spend(1);
      return branches[state]?.get(char) ?? dead;
    },
    accepts: (state) => ends.has(state),
  };
}
