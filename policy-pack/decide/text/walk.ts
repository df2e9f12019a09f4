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
  /** What must match can match no more, or what must not match always will. */
  readonly hopeless: number;
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
      hopeless: test.matched ? dead : everything,
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
    this.enter(
      0,
      this.readers.map(({ automaton }) => automaton.first),
      undefined,
    );
    for (let state = this.take(); state !== undefined; state = this.take()) {
      const segment = this.segments[state.segment];
      if (segment === undefined) {
        if (this.isAnswer(state.at)) return this.textsOf(state);
        continue;
      }
      if (state.length >= segment.least) {
        this.enter(state.segment + 1, state.at, state);
      }
      if (state.length >= segment.most) continue;
      for (const char of this.alphabets[state.segment] ?? []) {
        this.goAlong(char, state);
      }
    }
    return undefined;
  }

  private take(): State | undefined {
    return this.queues.findLast(({ isEmpty }) => !isEmpty)?.take();
  }

  /** A state is seen again where fewer characters of the segment led to it: more may follow. */
  private meet(state: State): void {
    const least = this.segments[state.segment]?.least ?? 0;
    const name = `${state.segment}:${Math.min(state.length, least)}:${state.at.join(",")}`;
    this.effort.spend(state.at.length);
    const length = this.seen.get(name);
    if (length !== undefined && length <= state.length) return;
    // To keep it costs more than to hold it against anything.
    this.effort.spend(64 + name.length);
    this.seen.set(name, state.length);
    this.queues[state.segment]?.push(state);
  }

  /** Most ways are hopeless at once, and cost no more than it takes to see that. */
  private goAlong(char: string, from: State): void {
    const { segment, length } = from;
    const at = from.at.slice();
    for (const [index, reader] of this.readers.entries()) {
      if (reader.reads[segment] !== true) continue;
      const next = reader.automaton.next(at[index] ?? dead, char, this.effort);
      if (next === reader.hopeless) return;
      at[index] = next;
    }
    this.meet({ at, segment, length: length + 1, from, char });
  }

  /** Begins a segment, past the fixed text before it. */
  private enter(
    segment: number,
    ends: readonly number[],
    from: State | undefined,
  ): void {
    const at: number[] = [];
    for (const [
      index,
      { automaton, before, hopeless },
    ] of this.readers.entries()) {
      let next = ends[index] ?? dead;
      for (const char of before[segment] ?? "") {
        next = automaton.next(next, char, this.effort);
      }
      if (next === hopeless) return;
      at.push(next);
    }
    this.meet({ at, segment, length: 0, from, char: undefined });
  }

  private isAnswer(at: readonly number[]): boolean {
    return this.readers.every(
      ({ automaton, matched }, index) =>
        automaton.accepts(at[index] ?? dead) === matched,
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
