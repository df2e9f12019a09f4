import type { Effort } from "./effort";
import { variablesOf, type Literal } from "./literal";
import { asksPresence, oddity } from "./solve-key";
import { findTexts } from "./text/find-text";
import { exactly } from "./text/pattern";
import {
  textOf,
  type TextTest,
  type View,
  type ViewedTest,
} from "./text/text-test";
import { substitute, templateText, type Lookup } from "./text/template";
import type { DerivedKeys } from "./derived-keys";
import { isAccount } from "./keys";
import { accountNumberTest } from "./values/account-number";
import { valueTest } from "./values/value-test";
import { weaken } from "./weaken";

export type DerivedAnswer =
  | {
      readonly kind: "found";
      readonly texts: readonly string[];
      /** Set when it is not certain that the texts do it. */
      readonly doubt: string | undefined;
    }
  | { readonly kind: "none" }
  | { readonly kind: "unclear"; readonly why: string };

/**
 * Finds values of the tied keys with which every literal on them comes true, or a proof that none
 * do. Each of the keys is in every request, with one value.
 *
 * @throws TooManySteps
 */
export function solveDerived(
  derived: DerivedKeys,
  literals: readonly Literal[],
  lookup: Lookup,
  effort: Effort,
): DerivedAnswer {
  const isOwn = (key: string) => derived.views.has(key);
  const refersToItself = (one: Literal) => variablesOf(one).some(isOwn);
  const own = literals.filter(refersToItself);
  const plain = literals.filter((one) => !own.includes(one));
  const weakened = own.map(weaken).filter((one) => one !== undefined);
  const first = solvePlain(derived, [...plain, ...weakened], lookup, effort);
  if (own.length === 0 || first.kind !== "found") return first;
  // The values that came out stand for the variables, and are held in place.
  const withOwn =
    (texts: readonly string[]): Lookup =>
    (key) => {
      const view = derived.views.get(key);
      return view === undefined
        ? lookup(key)
        : { kind: "value", text: textOf(view, texts) };
    };
  const held = own
    .flatMap(variablesOf)
    .flatMap((key) => derived.views.get(key) ?? [])
    .filter((part) => typeof part === "number");
  const pinned = held.map((part): ViewedTest => ({
    view: [part],
    matched: true,
    patterns: [exactly(first.texts[part] ?? "")],
  }));
  const second = solvePlain(
    { ...derived, tests: [...derived.tests, ...pinned] },
    literals,
    withOwn(first.texts),
    effort,
  );
  return second.kind === "none"
    ? { kind: "unclear", why: comparedWithin(own) }
    : second;
}

function comparedWithin([one]: readonly Literal[]): string {
  const [variable = ""] = one === undefined ? [] : variablesOf(one);
  return `${one?.condition.key ?? ""} is compared with ${variable}, which holds a part of the same text, and no values of the two were found that do, nor ruled out`;
}

function solvePlain(
  derived: DerivedKeys,
  literals: readonly Literal[],
  lookup: Lookup,
  effort: Effort,
): DerivedAnswer {
  let doubt: string | undefined;
  const tests: ViewedTest[] = [...derived.tests];
  for (const one of literals) {
    const odd = oddity(one);
    if (odd !== undefined) {
      doubt ??= odd;
      continue;
    }
    const asked = testsOf(
      one,
      derived.views.get(one.condition.key) ?? [],
      lookup,
    );
    if (asked === "never") return { kind: "none" };
    if (typeof asked === "string") doubt ??= asked;
    else tests.push(...asked);
  }
  const texts = findTexts(derived.segments, tests, derived.examples, effort);
  return texts === undefined
    ? { kind: "none" }
    : { kind: "found", texts, doubt };
}

/** @returns why nobody can tell, or "never" */
function testsOf(
  one: Literal,
  view: View,
  lookup: Lookup,
): readonly ViewedTest[] | string {
  const presence = asksPresence(one);
  if (presence === "missing" || presence === "never") return "never";
  const number = accountNumber(one, lookup);
  if (number !== undefined) return [{ ...number, view }];
  const test = valueTest(one.condition, one.met, lookup);
  switch (test.kind) {
    case "text":
      return test.tests.map((each) => ({ ...each, view }));
    case "constant":
      return test.passes ? [] : "never";
    case "unclear":
      return test.why;
    case "measure": {
      // A text with letters in it is no number, no date and no address, whatever else it holds.
      const isFixed = view.some((part) => /[a-z]/i.test(String(part)));
      if (isFixed) return test.measure.accepts(textOf(view, [])) ? [] : "never";
      return `${one.condition.key} is compared with what is no text`;
    }
  }
}

/** Account ids may be compared as numbers. */
function accountNumber(
  { condition, met }: Literal,
  lookup: Lookup,
): TextTest | undefined {
  const { key, operator, values } = condition;
  if (!isAccount(key) || operator?.kind.family !== "number") return undefined;
  return accountNumberTest({
    bounds: values
      .map((value) => substitute(value, lookup))
      .filter((value) => value !== undefined)
      .map(templateText),
    comparison: operator.kind.comparison,
    negated: operator.negated,
    wanted: met,
  });
}
