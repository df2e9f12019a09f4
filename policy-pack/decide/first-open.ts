import { Effort } from "./effort";

interface Answered {
  readonly answer: string;
}

/**
 * The first that is open; where none is, the first that is undecided. Asks no more than it takes, and
 * the questions share what they may spend: a document with many callers takes no longer than one.
 */
export function firstOpen<V extends Answered>(
  questions: readonly ((effort: Effort) => V)[],
  effort = new Effort(),
): V | { readonly answer: "closed" } {
  let undecided: V | undefined;
  for (const ask of questions) {
    const verdict = ask(effort);
    if (verdict.answer === "open") return verdict;
    if (verdict.answer === "undecided") undecided ??= verdict;
  }
  return undecided ?? { answer: "closed" };
}
