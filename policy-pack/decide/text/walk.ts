import type { Effort } from "../effort";
import { automatonOf, dead, everything, type Automaton } from "./automaton";
import { namedIn } from "./pattern";
import type { Segment, ViewedTest } from "./text-test";

/**
 * Finds texts for the segments with which every test passes, or says that there are none.
 *
 * The patterns run side by side as automata over the characters that they name and one that none
 * of them names; a walk goes through the segments, character by character, and ends at texts that
 * pass, or has seen every state. So "none" is a proof, not a search that gave up.
 */
export function findByWalk(
  segments: readonly Segment[],
  tests: readonly ViewedTest[],
  effort: Effort,
): readonly string[] | undefined {
  return new Walk(segments, tests, effort).find();
}

interface State {
  readonly at: readonly number[];
  readonly segment: number;
  readonly length: number;
  readonly from: State | undefined;
  /** undefined: a step to the next segment. */
  readonly char: string | undefined;
}

/** A test's automaton, and which characters of the walk it sees. */
interface Reader {
  readonly automaton: Automaton;
  readonly matched: boolean;
  /** By segment: whether it reads its characters. */
  readonly reads: readonly boolean[];
  /** By segment, and behind the last: fixed text that comes before. */
  readonly before: readonly string[];
}

/** First in, first out. */
class Queue {
  private readonly states: State[] = [];
  private next = 0;

  get isEmpty(): boolean {
    return this.next >= this.states.length;
  }

  push(state: State): void {
    this.states.push(state);
  }

  take(): State | undefined {
    this.next += 1;
    return this.states[this.next - 1];
  }
}

class Walk {
  private readonly readers: readonly Reader[];
  private readonly alphabets: readonly (readonly string[])[];
  private readonly seen = new Map<string, number>();
  /** By segment, those further on first: so an answer is met before all that leads to others. */
  private readonly queues: Queue[];

  constructor(
    private readonly segments: readonly Segment[],
    tests: readonly ViewedTest[],
    private readonly effort: Effort,
  ) {
    this.readers = tests.map((test) => ({
      automaton: automatonOf(test.patterns),
      matched: test.matched,
      ...readingOf(test, segments.length),
    }));
    this.alphabets = segments.map((segment, index) =>
      alphabetOf(
        segment,
        tests.filter(({ view }) => view.includes(index)),
      ),
    );
    this.queues = [...segments, undefined].map(() => new Queue());
  }

  find(): readonly string[] | undefined {
    const first = this.readers.map(({ automaton, before }) =>
      this.fed(automaton, automaton.first, before[0] ?? ""),
    );
    this.meet({
      at: first,
      segment: 0,
      length: 0,
      from: undefined,
      char: undefined,
    });
    for (let state = this.take(); state !== undefined; state = this.take()) {
      const segment = this.segments[state.segment];
      if (segment === undefined) {
        if (this.isAnswer(state.at)) return this.textsOf(state);
        continue;
      }
      if (state.length >= segment.least) this.meet(this.onward(state));
      if (state.length >= segment.most) continue;
      for (const char of this.alphabets[state.segment] ?? []) {
        this.meet(this.along(state, char));
      }
    }
    return undefined;
  }

  private take(): State | undefined {
    return this.queues.findLast(({ isEmpty }) => !isEmpty)?.take();
  }

  /** A state is seen again where fewer characters of the segment led to it: more may follow. */
  private meet(state: State): void {
    if (this.isDead(state.at)) return;
    const least = this.segments[state.segment]?.least ?? 0;
    const name = `${state.segment}:${Math.min(state.length, least)}:${state.at.join(",")}`;
    const length = this.seen.get(name);
    if (length !== undefined && length <= state.length) return;
    this.effort.spend(16 + name.length);
    this.seen.set(name, state.length);
    this.queues[state.segment]?.push(state);
  }

  private along(state: State, char: string): State {
    const at = this.readers.map(({ automaton, reads }, index) => {
      const one = state.at[index] ?? dead;
      return reads[state.segment] === true
        ? automaton.next(one, char, this.effort)
        : one;
    });
    return { ...state, at, length: state.length + 1, from: state, char };
  }

  private onward(state: State): State {
    const segment = state.segment + 1;
    const at = this.readers.map(({ automaton, before }, index) =>
      this.fed(automaton, state.at[index] ?? dead, before[segment] ?? ""),
    );
    return { at, segment, length: 0, from: state, char: undefined };
  }

  private fed(automaton: Automaton, from: number, text: string): number {
    let at = from;
    for (const char of text) at = automaton.next(at, char, this.effort);
    return at;
  }

  private isAnswer(at: readonly number[]): boolean {
    return this.readers.every(
      ({ automaton, matched }, index) =>
        automaton.accepts(at[index] ?? dead) === matched,
    );
  }

  /** What must match can match no more, or what must not match always will. */
  private isDead(at: readonly number[]): boolean {
    return this.readers.some(
      ({ matched }, index) => at[index] === (matched ? dead : everything),
    );
  }

  private textsOf(last: State): readonly string[] {
    const chars = this.segments.map((): string[] => []);
    for (
      let state: State | undefined = last;
      state !== undefined;
      state = state.from
    ) {
      if (state.char !== undefined) chars[state.segment]?.push(state.char);
    }
    return chars.map((one) => one.reverse().join(""));
  }
}

function readingOf(
  { view }: ViewedTest,
  count: number,
): Pick<Reader, "reads" | "before"> {
  const reads = Array<boolean>(count).fill(false);
  const before = Array<string>(count + 1).fill("");
  let fixed = "";
  for (const part of view) {
    if (typeof part === "string") {
      fixed += part;
      continue;
    }
    reads[part] = true;
    before[part] = fixed;
    fixed = "";
  }
  before[count] = fixed;
  return { reads, before };
}

const others = "xyzabcdefghijklmnopqrstuvw0123456789XYZ_-";

/** A character that none of the patterns names. */
export const unnamedOf = (
  { chars }: Segment,
  named: ReadonlySet<string>,
): string | undefined => {
  const found = Array.from(chars ?? others).find((one) => !named.has(one));
  return found ?? (chars === undefined ? "\u00b7" : undefined);
};

/** One character stands for all that no pattern names: patterns can't tell those apart. */
function alphabetOf(
  segment: Segment,
  tests: readonly ViewedTest[],
): readonly string[] {
  const named = new Set(
    tests.flatMap(({ patterns }) => patterns.flatMap(namedIn)),
  );
  const unnamed = unnamedOf(segment, named);
  const { chars } = segment;
  return [
    ...(unnamed === undefined ? [] : [unnamed]),
    ...[...named].filter((one) => chars?.includes(one) ?? true),
  ];
}
