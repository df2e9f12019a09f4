import {
  exampleOf,
  isAnything,
  isAtEnd,
  isExact,
  matches,
  start,
  step,
  type Pattern,
  type Positions,
} from "./pattern";

/** What a text must be: matched by some of the patterns, or by none of them. */
export interface TextTest {
  readonly patterns: readonly Pattern[];
  readonly matched: boolean;
}

export const passes = (test: TextTest, text: string): boolean =>
  test.patterns.some((pattern) => matches(pattern, text)) === test.matched;

/** More states than any document that a person wrote has come to. */
const mostStates = 20_000;

/**
 * Finds a text that passes every test, or says that there is none.
 *
 * The patterns run side by side as automata over the characters that they name and one that none
 * of them names; a walk, shortest text first, ends at a text that passes or has seen every state.
 * So "none" is a proof, not a search that gave up: that is "too hard".
 */
export function findText(
  all: readonly TextTest[],
): { readonly text: string } | "none" | "too hard" {
  const idle = all.filter(({ patterns }) => patterns.some(isAnything));
  if (idle.some(({ matched }) => !matched)) return "none";
  const tests = all.filter((test) => !idle.includes(test));
  const guess = guesses(tests).find((text) =>
    tests.every((test) => passes(test, text)),
  );
  if (guess !== undefined) return { text: guess };
  return hasOnlyExactAnswers(tests) ? "none" : walk(tests);
}

/** Most answers are a value of the document itself, with its wildcards filled in. */
const guesses = (tests: readonly TextTest[]): readonly string[] => [
  ...tests
    .filter(({ matched }) => matched)
    .flatMap(({ patterns }) =>
      patterns.flatMap((pattern) => [
        ...(isExact(pattern) ? [] : [exampleOf(pattern, "x")]),
        exampleOf(pattern, ""),
      ]),
    ),
  "x",
];

/** All that can pass were guesses. Without regard to case there are more spellings than those. */
const hasOnlyExactAnswers = (tests: readonly TextTest[]): boolean =>
  tests.some(
    ({ matched, patterns }) =>
      matched &&
      patterns.every((pattern) => isExact(pattern) && !pattern.ignoreCase),
  );

interface State {
  readonly at: readonly Positions[];
  readonly from: State | undefined;
  readonly char: string;
}

function walk(tests: readonly TextTest[]) {
  const patterns = tests.flatMap((test) => test.patterns);
  const alphabet = alphabetOf(patterns);
  const first: State = { at: patterns.map(start), from: undefined, char: "" };
  const seen = new Set([nameOf(first.at)]);
  const queue = [first];
  for (const state of queue) {
    if (isAnswer(tests, state.at)) return { text: textOf(state) };
    for (const char of alphabet) {
      const at = state.at.map((positions, index) => {
        const pattern = patterns[index];
        return pattern === undefined ? [] : step(pattern, positions, char);
      });
      const name = nameOf(at);
      if (seen.has(name) || isDead(tests, at)) continue;
      if (seen.size >= mostStates) return "too hard";
      seen.add(name);
      queue.push({ at, from: state, char });
    }
  }
  return "none";
}

function isAnswer(
  tests: readonly TextTest[],
  at: readonly Positions[],
): boolean {
  let index = 0;
  return tests.every(({ patterns, matched }) => {
    const states = at.slice(index, index + patterns.length);
    index += patterns.length;
    return (
      patterns.some((pattern, one) => isAtEnd(pattern, states[one] ?? [])) ===
      matched
    );
  });
}

/** No pattern of a test that must match can match any more. */
function isDead(tests: readonly TextTest[], at: readonly Positions[]): boolean {
  let index = 0;
  return tests.some(({ patterns, matched }) => {
    const states = at.slice(index, index + patterns.length);
    index += patterns.length;
    return matched && states.every((positions) => positions.length === 0);
  });
}

const nameOf = (at: readonly Positions[]): string =>
  at.map((positions) => positions.join(",")).join(";");

function textOf(state: State): string {
  let text = "";
  for (let at: State | undefined = state; at !== undefined; at = at.from) {
    text = at.char + text;
  }
  return text;
}

/** One character stands for all that no pattern names: patterns can't tell those apart. */
function alphabetOf(patterns: readonly Pattern[]): readonly string[] {
  const named = new Set<string>();
  for (const { tokens, ignoreCase } of patterns) {
    for (const token of tokens) {
      for (const char of token.kind === "char" ? token.char : token.except) {
        named.add(char);
        if (ignoreCase) {
          named.add(char.toLowerCase());
          named.add(char.toUpperCase());
        }
      }
    }
  }
  const others = "xyzabcdefghijklmnopqrstuvw0123456789XYZ_-";
  const unnamed =
    Array.from(others).find((char) => !named.has(char)) ?? "\u00b7";
  return [unnamed, ...named];
}
