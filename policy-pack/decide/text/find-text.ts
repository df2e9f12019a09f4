import type { Effort } from "../effort";
import {
  exampleOf,
  includes,
  isAnything,
  isExact,
  matches,
  namedIn,
} from "./pattern";
import {
  isIn,
  isSameView,
  textOf,
  type Segment,
  type TextTest,
  type View,
  type ViewedTest,
} from "./text-test";
import { findByWalk, unnamedOf } from "./walk";

export const passes = (
  test: TextTest,
  text: string,
  effort: Effort,
): boolean => {
  effort.spend(test.patterns.length + text.length);
  return (
    test.patterns.some((pattern) => {
      effort.spend(pattern.tokens.length);
      return matches(pattern, text);
    }) === test.matched
  );
};

const whole: View = [0];

/** Finds a text that passes every test; undefined is a proof that there is none. */
export function findText(
  tests: readonly TextTest[],
  segment: Segment,
  effort: Effort,
): string | undefined {
  const only = tests.find(isOneOfTexts);
  if (only !== undefined) {
    // All that can pass stand in it, however many others there are.
    return only.patterns
      .map((pattern) => exampleOf(pattern, "", ""))
      .find(
        (text) =>
          isIn(segment, text) &&
          tests.every((test) => passes(test, text, effort)),
      );
  }
  const viewed = tests.map((test) => ({ ...test, view: whole }));
  const named = new Set(
    tests.flatMap(({ patterns }) => patterns.flatMap(namedIn)),
  );
  const fresh = unnamedOf(segment, named) ?? segment.chars?.at(-1) ?? "x";
  const guesses = tests.flatMap((test) => guessesOf(test, fresh));
  const plain = fresh.repeat(Math.max(1, segment.least));
  return findTexts(
    [segment],
    viewed,
    [...guesses, plain].map((text) => [text]),
    effort,
  )?.[0];
}

/**
 * Finds texts for the segments with which every test passes, or says that there are none, which is
 * a proof: see walk.ts. What is easy to see is seen before.
 *
 * @param guesses what to try first
 * @throws TooManySteps
 */
export function findTexts(
  segments: readonly Segment[],
  all: readonly ViewedTest[],
  guesses: readonly (readonly string[])[],
  effort: Effort,
): readonly string[] | undefined {
  const idle = all.filter(({ patterns }) => patterns.some(isAnything));
  if (idle.some(({ matched }) => !matched)) return undefined;
  const tests = all.filter((test) => !idle.includes(test));
  const fits = (texts: readonly string[]): boolean =>
    segments.every((segment, index) => isIn(segment, texts[index] ?? "")) &&
    tests.every((test) => passes(test, textOf(test.view, texts), effort));
  const guess = guesses.find(fits);
  if (guess !== undefined) return guess;
  if (hasOnlyExactAnswers(segments, tests) || contradict(tests, effort)) {
    return undefined;
  }
  return findByWalk(segments, tests, effort);
}

/**
 * Most answers are a value of the document itself, with its wildcards filled in by characters that
 * nothing names: what refuses that, refuses every text, or asks for a certain length.
 */
function guessesOf(
  { patterns, matched }: TextTest,
  fresh: string,
): readonly string[] {
  if (!matched) return [];
  return patterns.flatMap((pattern) =>
    isExact(pattern)
      ? [exampleOf(pattern, "", fresh)]
      : [fresh, "", fresh.repeat(3)].map((many) =>
          exampleOf(pattern, many, fresh),
        ),
  );
}

/** All that can pass were guesses. Without regard to case there are more spellings than those. */
const hasOnlyExactAnswers = (
  segments: readonly Segment[],
  tests: readonly ViewedTest[],
): boolean =>
  segments.length === 1 &&
  tests.some(
    ({ matched, patterns, view }) =>
      view.length === 1 && isOneOfTexts({ matched, patterns }),
  );

const isOneOfTexts = ({ matched, patterns }: TextTest): boolean =>
  matched &&
  patterns.every((pattern) => isExact(pattern) && !pattern.ignoreCase);

/** What one test asks for, another refuses, whole: no text needs to be looked for. */
const contradict = (tests: readonly ViewedTest[], effort: Effort): boolean =>
  tests.some(
    (wanted) =>
      wanted.matched &&
      tests.some(
        (refused) =>
          !refused.matched &&
          isSameView(wanted.view, refused.view) &&
          wanted.patterns.every((pattern) =>
            refused.patterns.some((other) => {
              effort.spend(
                1 +
                  Math.ceil((pattern.tokens.length * other.tokens.length) / 8),
              );
              return includes(other, pattern);
            }),
          ),
      ),
  );
