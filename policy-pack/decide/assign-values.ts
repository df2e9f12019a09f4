import type { Facts } from "./facts";
import { variablesOf, type Literal } from "./literal";
import { solveKey, type KeyAnswer, type KeyValue } from "./solve-key";
import { templateText, type Known, type Lookup } from "./text/template";

/** A key that follows from another: a user's name is the end of the user's ARN. */
export interface Derived {
  readonly key: string;
  readonly from: string;
  readonly derive: (value: string) => string;
  /** What the other key must be like for this one to have the value. */
  readonly require: (value: string) => Literal;
}

export type Settled =
  | {
      readonly kind: "found";
      readonly values: ReadonlyMap<string, KeyValue>;
      readonly doubt: string | undefined;
    }
  | { readonly kind: "none" }
  | { readonly kind: "unclear"; readonly why: string };

export type Preferred = ReadonlyMap<string, readonly string[]>;

/**
 * Gives every key its value. Each key can be solved by itself, but those that are compared with
 * variables wait for the keys behind the variables; when a chosen value does not do, the values
 * that the documents name are tried in its place, and after that nobody claims that none does.
 */
export function settle(
  facts: Facts,
  preferred: Preferred,
  derived: readonly Derived[],
): Settled {
  const first = attempt(facts, preferred, derived);
  if (first.kind === "found" || !isEntangled(facts, derived)) return first;
  const named = namedTexts(facts);
  const retry = new Map(
    [...facts.byKey.keys(), ...variables(facts)].map((key) => [key, named]),
  );
  const reversed = derived.map(({ key, from, derive }) => ({
    key,
    from,
    derive,
  }));
  for (const second of [
    attempt(facts, retry, derived),
    attempt(facts, preferred, [], reversed),
  ]) {
    if (second.kind === "found") return second;
  }
  return first.kind === "unclear"
    ? first
    : { kind: "unclear", why: "the values of some keys depend on each other" };
}

/** Whether the choice for one key can spoil that of another. */
const isEntangled = (facts: Facts, derived: readonly Derived[]): boolean =>
  [...facts.byKey.values()].flat().some((one) => !facts.isReady(one)) ||
  derived.some(({ key }) => facts.byKey.has(key));

const namedTexts = (facts: Facts): readonly string[] => [
  ...new Set(
    [...facts.byKey.values()]
      .flat()
      .filter((one) => variablesOf(one).length === 0)
      .flatMap(({ condition }) => condition.values.map(templateText)),
  ),
];

const variables = (facts: Facts): readonly string[] =>
  [...facts.byKey.values()].flat().flatMap(variablesOf);

type Follows = Pick<Derived, "key" | "from" | "derive">;

function attempt(
  facts: Facts,
  preferred: Preferred,
  before: readonly Derived[],
  after: readonly Follows[] = [],
): Settled {
  const values = new Map<string, KeyValue>();
  const lookup: Lookup = (key) =>
    values.has(key) ? known(values.get(key)) : facts.lookup(key);
  const waiting = new Set([...facts.byKey.keys(), ...variables(facts)]);
  const sources = sourcesOf(facts, before, after);
  let doubt: string | undefined;
  while (waiting.size > 0) {
    const key = next(waiting, sources);
    waiting.delete(key);
    const literals = [
      ...(facts.byKey.get(key) ?? []),
      ...linked(key, values, before, after),
    ];
    const answer = solveWithItself(key, literals, lookup, preferred.get(key));
    if (answer.kind !== "found") return answer;
    values.set(key, answer.value);
    doubt ??= answer.doubt;
  }
  return { kind: "found", values, doubt };
}

/** A key that is compared with itself gets a value first, and the comparison is looked at then. */
function solveWithItself(
  key: string,
  literals: readonly Literal[],
  lookup: Lookup,
  preferred: readonly string[] = [],
): KeyAnswer {
  const isOwn = (one: Literal) => variablesOf(one).includes(key);
  const own = literals.filter(isOwn);
  if (own.length === 0) return solveKey(literals, lookup, preferred);
  const others = literals.filter((one) => !isOwn(one));
  const first = solveKey(others, lookup, preferred);
  if (first.kind !== "found") return first;
  const withIt: Lookup = (one) =>
    one === key ? known(first.value) : lookup(one);
  const fixed = (first.value ?? []).map((value) => isText(key, value));
  return solveKey([...literals, ...fixed], withIt);
}

/** What the values that other keys have by now ask of this one. */
function linked(
  key: string,
  values: ReadonlyMap<string, KeyValue>,
  before: readonly Derived[],
  after: readonly Follows[],
): readonly Literal[] {
  const required = before
    .filter(({ from }) => from === key)
    .flatMap((rule) => (values.get(rule.key) ?? []).map(rule.require));
  const followed = after
    .filter((rule) => rule.key === key)
    .flatMap(({ from, derive }) => (values.get(from) ?? []).map(derive))
    .map((value) => isText(key, value));
  return [...required, ...followed];
}

export const isText = (key: string, value: string): Literal => ({
  met: true,
  condition: {
    key,
    operatorName: "StringEquals",
    operator: {
      kind: { family: "text", style: "exact", ignoreCase: false },
      negated: false,
      ifExists: false,
      quantifier: undefined,
    },
    values: [[{ kind: "literal", text: value }]],
  },
});

export function known(value: KeyValue): Known {
  const [text, ...more] = value ?? [];
  return text === undefined || more.length > 0
    ? { kind: "unusable" }
    : { kind: "value", text };
}

/** For each key the keys that need their values before it. */
function sourcesOf(
  facts: Facts,
  before: readonly Derived[],
  after: readonly Follows[],
): (key: string) => readonly string[] {
  return (key) => [
    ...(facts.byKey.get(key) ?? []).flatMap(variablesOf),
    ...before.filter(({ from }) => from === key).map((rule) => rule.key),
    ...after.filter((rule) => rule.key === key).map(({ from }) => from),
  ];
}

/** A key that waits for none; should keys wait for each other in a circle, any. */
function next(
  waiting: ReadonlySet<string>,
  sources: (key: string) => readonly string[],
): string {
  const keys = [...waiting];
  const free = keys.find((key) =>
    sources(key).every((source) => source === key || !waiting.has(source)),
  );
  return free ?? keys[0] ?? "";
}
