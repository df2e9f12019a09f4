import { groupByKey, nameOfDerived, type Facts, type Keys } from "./facts";
import { joinEqualKeys, type Joined } from "./equal-keys";
import {
  isMissing,
  isPresent,
  resourceKey,
  variablesOf,
  type Literal,
} from "./literal";
import { solveKey, type KeyAnswer, type KeyValue } from "./solve-key";
import { solveDerived } from "./solve-derived";
import { textOf } from "./text/text-test";
import { templateText, type Known, type Lookup } from "./text/template";
import type { DerivedKeys } from "./derived-keys";

export type Assigned =
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
 *
 * @throws TooManySteps
 */
export function assignValues(facts: Facts, preferred: Preferred): Assigned {
  const { keys } = facts;
  const joined = joinEqualKeys(facts.literals, keys);
  if (joined === undefined) return { kind: "none" };
  const first = attempt(joined, keys, preferred);
  const waiting = entangled(joined, keys);
  if (first.kind === "found" || waiting === undefined) return first;
  const named = namedTexts(joined.literals);
  const retry = new Map(
    joined.literals
      .flatMap((one) => [one.condition.key, ...variablesOf(one)])
      .map((key) => [key, named]),
  );
  const second = attempt(joined, keys, retry);
  if (second.kind === "found" || first.kind === "unclear") {
    return second.kind === "found" ? second : first;
  }
  const third = attempt(withVariables(joined), keys, preferred);
  return third.kind === "found"
    ? third
    : { kind: "unclear", why: dependOnEachOther(waiting) };
}

/** What a text must match has a value for its variables: a key that nothing else asks for would be missing. */
const withVariables = ({ literals, sameAs }: Joined): Joined => ({
  sameAs,
  literals: [
    ...literals,
    ...literals
      .filter(({ condition, met }) => met !== condition.operator?.negated)
      .flatMap(variablesOf)
      .map(isPresent),
  ],
});

const dependOnEachOther = (one: Literal): string => {
  const [variable = ""] = variablesOf(one);
  const { key } = one.condition;
  const what =
    key === resourceKey ? "which resource it is" : `the value of ${key}`;
  return `${what} and the value of ${variable} depend on each other, and no pair of them was found that does, nor ruled out`;
};

/** A literal through which the choice for one key can spoil that of another. */
const entangled = ({ literals }: Joined, keys: Keys): Literal | undefined =>
  literals.find((one) =>
    variablesOf(one).some(
      (key) =>
        keys.lookup(key).kind === "open" &&
        keys.groupOf(key) !== keys.groupOf(one.condition.key),
    ),
  );

const namedTexts = (literals: readonly Literal[]): readonly string[] => [
  ...new Set(
    literals
      .filter((one) => variablesOf(one).length === 0)
      .flatMap(({ condition }) => condition.values.map(templateText)),
  ),
];

function attempt(
  { literals, sameAs }: Joined,
  keys: Keys,
  preferred: Preferred,
): Assigned {
  const values = new Map<string, KeyValue>();
  const lookup: Lookup = (key) =>
    values.has(key) ? known(values.get(key)) : keys.lookup(key);
  const groupOf = (key: string) => keys.groupOf(key);
  const byGroup = groupByKey(literals, groupOf);
  const waiting = new Set([
    ...byGroup.keys(),
    ...literals.flatMap(variablesOf).map(groupOf),
    ...keys.derived.map(nameOfDerived),
  ]);
  const sources = (group: string): readonly string[] =>
    (byGroup.get(group) ?? []).flatMap(variablesOf).map(groupOf);
  let doubt: string | undefined;
  while (waiting.size > 0) {
    const group = next(waiting, sources);
    waiting.delete(group);
    const asked = byGroup.get(group) ?? [];
    const answer = solveGroup(group, asked, keys, lookup, preferred);
    if (answer.kind !== "found") return answer;
    for (const [key, value] of answer.values) values.set(key, value);
    doubt ??= answer.doubt;
  }
  for (const [key, other] of sameAs) values.set(key, values.get(other));
  return { kind: "found", values, doubt };
}

function solveGroup(
  group: string,
  literals: readonly Literal[],
  keys: Keys,
  lookup: Lookup,
  preferred: Preferred,
): Assigned {
  const derived = keys.derived.find(
    (one, index) => nameOfDerived(one, index) === group,
  );
  if (derived !== undefined)
    return valuesOfDerived(derived, literals, keys, lookup);
  const answer = solveWithItself(
    group,
    literals,
    keys,
    lookup,
    preferred.get(group),
  );
  return answer.kind === "found"
    ? { ...answer, values: new Map([[group, answer.value]]) }
    : answer;
}

function valuesOfDerived(
  derived: DerivedKeys,
  literals: readonly Literal[],
  { effort }: Keys,
  lookup: Lookup,
): Assigned {
  const answer = solveDerived(derived, literals, lookup, effort);
  if (answer.kind !== "found") return answer;
  const { texts, doubt } = answer;
  const values = new Map(
    [...derived.views].map(([key, view]) => [key, [textOf(view, texts)]]),
  );
  return { kind: "found", values, doubt };
}

/** A key that is compared with itself gets a value first, and the comparison is looked at then. */
function solveWithItself(
  key: string,
  literals: readonly Literal[],
  { effort }: Keys,
  lookup: Lookup,
  preferred: readonly string[] = [],
): KeyAnswer {
  const isOwn = (one: Literal) => variablesOf(one).includes(key);
  const own = literals.filter(isOwn);
  const solving = { lookup, effort, preferred };
  if (own.length === 0) return solveKey(literals, solving);
  const others = literals.filter((one) => !isOwn(one));
  const first = solveKey(others, solving);
  if (first.kind !== "found") return first;
  const withIt: Lookup = (one) =>
    one === key ? known(first.value) : lookup(one);
  const fixed = first.value?.map((value) => isText(key, value)) ?? [
    isMissing(key),
  ];
  const second = solveKey([...literals, ...fixed], {
    lookup: withIt,
    effort,
  });
  return second.kind === "none"
    ? { kind: "unclear", why: `${key} is compared with itself` }
    : second;
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

/** A group that waits for none; should groups wait for each other in a circle, any. */
function next(
  waiting: ReadonlySet<string>,
  sources: (group: string) => readonly string[],
): string {
  const groups = [...waiting];
  const free = groups.find((group) =>
    sources(group).every((source) => source === group || !waiting.has(source)),
  );
  return free ?? groups[0] ?? "";
}
