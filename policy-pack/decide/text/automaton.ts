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

/** One whose states are made as they are met, and numbered by what they consist of. */
abstract class MadeAsMet implements Automaton {
  abstract readonly first: number;
  private readonly states: Positions[] = [];
  private readonly numbers = new Map<string, number>();
  /** By character, and there by state: a map for each state would be most of what a walk needs. */
  private readonly steps = new Map<string, (number | undefined)[]>();

  next(state: number, char: string, effort: Effort): number {
    if (state < 0) return state;
    effort.spend(1);
    const steps = this.steps.get(char) ?? [];
    const known = steps[state];
    if (known !== undefined) return known;
    const made = this.states.length;
    const to = this.numberOf(
      this.after(this.states[state] ?? [], char, effort),
    );
    if (to === made) effort.spend(16);
    steps[state] = to;
    this.steps.set(char, steps);
    return to;
  }

  accepts(state: number): boolean {
    if (state < 0) return state === everything;
    return this.isAccepted(this.states[state] ?? []);
  }

  protected abstract after(
    from: Positions,
    char: string,
    effort: Effort,
  ): Positions;

  protected abstract isAccepted(at: Positions): boolean;

  /** `dead` or `everything`, where that is certain already. */
  protected abstract outcome(at: Positions): number | undefined;

  protected numberOf(at: Positions): number {
    const outcome = this.outcome(at);
    if (outcome !== undefined) return outcome;
    const name = at.join(",");
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.states.length;
    this.states.push(at);
    this.numbers.set(name, number);
    return number;
  }
}

/** Several side by side. */
class Joint extends MadeAsMet {
  readonly first: number;

  constructor(private readonly automata: readonly Automaton[]) {
    super();
    this.first = this.numberOf(automata.map(({ first }) => first));
  }

  protected after(from: Positions, char: string, effort: Effort): Positions {
    return this.automata.map((one, index) =>
      one.next(from[index] ?? dead, char, effort),
    );
  }

  protected isAccepted(at: Positions): boolean {
    return this.automata.some((one, index) => one.accepts(at[index] ?? dead));
  }

  protected outcome(at: Positions): number | undefined {
    if (at.includes(everything)) return everything;
    return at.every((one) => one === dead) ? dead : undefined;
  }
}

/** The positions that a pattern may be at. */
class Deterministic extends MadeAsMet {
  readonly first: number;
  /** Behind it there are only stars that take anything. */
  private readonly open: number;

  constructor(private readonly pattern: Pattern) {
    super();
    const { tokens } = pattern;
    const last = tokens.findLastIndex(
      (token) => token.kind !== "many" || token.except !== "",
    );
    this.open = last + 1 < tokens.length ? last + 1 : Infinity;
    this.first = this.numberOf(start(pattern));
  }

  protected after(from: Positions, char: string, effort: Effort): Positions {
    effort.spend(from.length);
    return step(this.pattern, from, char);
  }

  protected isAccepted(at: Positions): boolean {
    return isAtEnd(this.pattern, at);
  }

  protected outcome(at: Positions): number | undefined {
    const last = at.at(-1);
    if (last === undefined) return dead;
    return last >= this.open ? everything : undefined;
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
