interface Answered {
  readonly answer: string;
}

/** The first that is open; where none is, the first that is undecided. Asks no more than it takes. */
export function firstOpen<V extends Answered>(
  questions: readonly (() => V)[],
): V | { readonly answer: "closed" } {
  let undecided: V | undefined;
  for (const ask of questions) {
    const verdict = ask();
    if (verdict.answer === "open") return verdict;
    if (verdict.answer === "undecided") undecided ??= verdict;
  }
  return undecided ?? { answer: "closed" };
}
