import { parseOperator } from "./operator";
import type { Condition } from "./document";
import { isSingleValued } from "./keys";
import type { Literal } from "./literal";
import { oncePer } from "./once-per";
import type { Effort } from "./effort";
import { formatOf } from "./formats";
import { findText, passes } from "./text/find-text";
import { isExact } from "./text/pattern";
import { anyText, isIn, type TextTest } from "./text/text-test";
import { templateText, variablesIn, type Lookup } from "./text/template";
import type { Measure } from "./values/measure";
import { unreadableAmong } from "./values/unreadable";
import { valueTest, type ValueTest } from "./values/value-test";

/** What a key holds in a request; undefined: the key is missing. */
export type KeyValue = readonly string[] | undefined;

export type KeyAnswer =
  | {
      readonly kind: "found";
      readonly value: KeyValue;
      /** Set when it is not certain that the value does it. */
      readonly doubt: string | undefined;
    }
  | { readonly kind: "none" }
  | { readonly kind: "unclear"; readonly why: string };

export interface Solving {
  readonly lookup: Lookup;
  readonly effort: Effort;
  /** Values to try first, for a witness that reads well. */
  readonly preferred?: readonly string[];
}

/**
 * Finds a value of one key with which every literal on it comes true, or a proof that none does.
 *
 * @throws TooManySteps
 */
export function solveKey(
  literals: readonly Literal[],
  { lookup, effort, preferred = [] }: Solving,
): KeyAnswer {
  const doubt = literals.map(oddity).find((why) => why !== undefined);
  const known = literals.filter((one) => oddity(one) === undefined);
  const unclear = doubtWhenMissing(known);
  if (unclear === undefined && known.every(isTrueWhenMissing)) {
    return { kind: "found", value: undefined, doubt };
  }
  const isMissing = known.some((one) =>
    ["missing", "never"].includes(asksPresence(one)),
  );
  if (isMissing && unclear === undefined) return { kind: "none" };
  const answer: KeyAnswer = isMissing
    ? { kind: "none" }
    : solvePresent(known, { lookup, effort, preferred });
  if (answer.kind === "found")
    return { ...answer, doubt: answer.doubt ?? doubt };
  return unclear !== undefined && answer.kind === "none"
    ? { kind: "unclear", why: unclear }
    : answer;
}

/** The documentation says both: ForAnyValue needs the key, and IfExists does without it. */
function doubtWhenMissing(literals: readonly Literal[]): string | undefined {
  const [odd, ...more] = literals.filter(isUndocumentedWhenMissing);
  // Whichever of the two it is, it is the same for all of them.
  if (odd === undefined || more.some(({ met }) => met !== odd.met)) {
    return undefined;
  }
  const others = literals.filter((one) => !isUndocumentedWhenMissing(one));
  return others.every(isTrueWhenMissing)
    ? `AWS does not document ${odd.condition.operatorName} on a missing key`
    : undefined;
}

const isUndocumentedWhenMissing = ({
  condition: { operator },
}: Literal): boolean => operator?.quantifier === "any" && operator.ifExists;

/**
 * Why nobody can tell what the condition does. Source: AWS documentation, "IAM Access Analyzer
 * policy check reference": a condition without values does not affect the policy; the page on
 * conditions does not know of any. Values of another kind than the operator's are in `unreadable.ts`.
 */
export function oddity({ condition }: Literal): string | undefined {
  const { operator, operatorName, key, values } = condition;
  if (operator === undefined) return `IAM has no operator ${operatorName}`;
  // An empty list of actions or resources matches none; AWS does not say what it leaves out.
  if (values.length === 0 && (operator.negated || !key.startsWith(":"))) {
    return `${operatorName} has no value for ${key}`;
  }
  const odd = unreadableIn(condition);
  return odd === "" ? undefined : odd;
}

/** Of the values as they are written: what a variable stands for is not known here. */
const unreadableIn = oncePer(
  ({ operator, operatorName, key, values }: Condition): string => {
    if (operator === undefined) return "";
    const isNull = operator.kind.family === "null";
    const written = values
      .filter((value) => isNull || variablesIn(value).length === 0)
      .map(templateText);
    const odd = unreadableAmong(operator.kind, written);
    if (odd === undefined) return "";
    return isNull
      ? `Null asks of ${key} what is ${odd.is}`
      : `${operatorName} compares ${key} with ${JSON.stringify(odd.value)}, which is ${odd.is}`;
  },
);

/** Whether somebody may doubt what the literal says, of some value or of a missing key. */
export const isDoubtful = (one: Literal): boolean =>
  oddity(one) !== undefined ||
  isUndocumentedWhenMissing(one) ||
  valueTest(one.condition, one.met, () => ({ kind: "open" })).kind ===
    "unclear";

/** Source: AWS documentation, "IAM JSON policy elements: Condition operators", "…IfExists". */
function isTrueWhenMissing(one: Literal): boolean {
  const { operator } = one.condition;
  if (operator === undefined) return false;
  const { kind, negated, ifExists, quantifier } = operator;
  if (kind.family === "null") {
    return ["missing", "either"].includes(asksPresence(one));
  }
  const met =
    quantifier === "all" || ifExists || (negated && quantifier !== "any");
  return met === one.met;
}

/** What a `Null` condition asks for; never: for what no request is. */
export function asksPresence(
  one: Literal,
): "missing" | "present" | "either" | "never" | "no" {
  const { condition, met } = one;
  if (condition.operator?.kind.family !== "null") return "no";
  const wants = new Set(
    condition.values.map((value) => templateText(value).toLowerCase()),
  );
  const missing = wants.has("true") === met;
  const present = wants.has("false") === met;
  if (missing === present) return missing ? "either" : "never";
  return missing ? "missing" : "present";
}

/** Tests that each value must pass, and tests that some value must pass. */
interface Split {
  readonly every: readonly Literal[];
  readonly some: readonly Literal[];
  readonly single: boolean;
}

function split(literals: readonly Literal[]): Split {
  const every: Literal[] = [];
  const some: Literal[] = [];
  let single = literals.some(({ condition }) => isSingleValued(condition.key));
  for (const one of literals) {
    const quantifier = one.condition.operator?.quantifier;
    if (quantifier === undefined) {
      single ||= one.condition.operator?.kind.family !== "null";
      every.push(one);
    } else if ((quantifier === "all") === one.met) every.push(one);
    else some.push(one);
  }
  return { every, some, single };
}

function solvePresent(
  literals: readonly Literal[],
  solving: Solving,
): KeyAnswer {
  const { every, some, single } = split(literals);
  const sets = single || some.length === 0 ? [some] : some.map((one) => [one]);
  const values: string[] = [];
  let doubt: string | undefined;
  for (const extra of sets) {
    const tests = [...every, ...extra].map((one) =>
      valueTest(one.condition, one.met, solving.lookup),
    );
    const answer = findValue(keyIn(literals), tests, solving);
    if (answer.kind !== "found") return answer;
    values.push(answer.text);
    doubt ??= answer.doubt;
  }
  return { kind: "found", value: values, doubt };
}

type ValueAnswer =
  | {
      readonly kind: "found";
      readonly text: string;
      readonly doubt: string | undefined;
    }
  | { readonly kind: "none" }
  | { readonly kind: "unclear"; readonly why: string };

const keyIn = ([one]: readonly Literal[]): string => one?.condition.key ?? "";

function findValue(
  key: string,
  tests: readonly ValueTest[],
  { effort, preferred = [] }: Solving,
): ValueAnswer {
  const format = formatOf(key) ?? anyText;
  const doubt = tests.find((test) => test.kind === "unclear")?.why;
  if (tests.some((test) => test.kind === "constant" && !test.passes)) {
    return { kind: "none" };
  }
  const texts = tests.flatMap((test) =>
    test.kind === "text" ? test.tests : [],
  );
  const measures = tests.flatMap((test) =>
    test.kind === "measure" ? [test.measure] : [],
  );
  const fits = (text: string) =>
    isIn(format, text) &&
    texts.every((test) => passes(test, text, effort)) &&
    measures.every((one) => one.accepts(text));
  const found = [...preferred, ...candidates(texts, measures)].find(fits);
  if (found !== undefined) return { kind: "found", text: found, doubt };
  if (measures.length > 0) {
    return texts.length === 0 || hasOnlyListed(texts)
      ? { kind: "none" }
      : {
          kind: "unclear",
          why: `${key} is compared as text and as something else`,
        };
  }
  const text = findText(texts, format, effort);
  return text === undefined ? { kind: "none" } : { kind: "found", text, doubt };
}

const candidates = (
  texts: readonly TextTest[],
  measures: readonly Measure[],
): readonly string[] => [
  ...measures.flatMap((one) => one.candidates),
  ...texts.flatMap(({ patterns }) =>
    patterns
      .filter(isExact)
      .map(({ tokens }) =>
        tokens
          .map((token) => (token.kind === "char" ? token.char : ""))
          .join(""),
      ),
  ),
  ...(measures.length > 0 ? ["0", "203.0.113.7", "2030-01-01T00:00:00Z"] : []),
];

/** Some text test lists all that can pass, and the candidates held every one of those. */
const hasOnlyListed = (texts: readonly TextTest[]): boolean =>
  texts.some(
    ({ patterns, matched }) =>
      matched && patterns.every((one) => isExact(one) && !one.ignoreCase),
  );

/** Whether a set of requests says all there is to say about a key: one value, or none. */
export function onlyValue(
  literals: readonly Literal[],
): { readonly value: KeyValue } | undefined {
  if (literals.some((one) => asksPresence(one) === "missing")) {
    return { value: undefined };
  }
  const exact = literals.find(isSingleText);
  if (exact === undefined) return undefined;
  return { value: exact.condition.values.map(templateText) };
}

const equals = parseOperator("StringEquals");

function isSingleText({ condition, met }: Literal): boolean {
  return met && condition.values.length === 1 && isSame(condition.operator);
}

const isSame = (operator: Condition["operator"]): boolean =>
  JSON.stringify(operator) === JSON.stringify(equals);
