import type { Keys } from "./facts";
import { literal, variablesOf, type Literal } from "./literal";
import type { Part, Template } from "./text/template";

export interface Joined {
  readonly literals: readonly Literal[];
  /** Keys that have the value of another. */
  readonly sameAs: ReadonlyMap<string, string>;
}

/**
 * A key that must equal the variable of another is the same as that other: all that is asked of
 * the two is asked of one of them, so that their values can't spoil each other.
 *
 * @returns undefined when a key would have to differ from itself
 */
export function joinEqualKeys(
  all: readonly Literal[],
  keys: Keys,
): Joined | undefined {
  let literals = all;
  const sameAs = new Map<string, string>();
  for (
    let pair = equalPair(literals, keys);
    pair !== undefined;
    pair = equalPair(literals, keys)
  ) {
    const { kept, given } = pair;
    literals = literals.map((one) => renamed(one, given, kept));
    for (const [key, other] of sameAs) {
      if (other === given) sameAs.set(key, kept);
    }
    sameAs.set(given, kept);
    const isOfKept = (one: Literal) =>
      isOfItself(one) && one.condition.key === kept;
    if (literals.some((one) => isOfKept(one) && !one.met)) return undefined;
    // It is there, with one value.
    literals = [
      ...literals.filter((one) => !isOfKept(one)),
      literal("StringLike", kept, "*"),
    ];
  }
  return { literals, sameAs };
}

/** Two keys of which the second can be taken for the first. */
function equalPair(literals: readonly Literal[], keys: Keys) {
  for (const one of literals) {
    const { key } = one.condition;
    const other = one.met ? equalTo(one) : undefined;
    if (other === undefined || other === key) continue;
    if (keys.lookup(other).kind !== "open") continue;
    if (keys.derivedFor(other) === undefined)
      return { kept: key, given: other };
    if (keys.derivedFor(key) === undefined) return { kept: other, given: key };
  }
  return undefined;
}

const isOfItself = (one: Literal): boolean =>
  equalTo(one) === one.condition.key;

/** The key whose variable, and nothing else, the condition compares with. */
function equalTo({ condition }: Literal): string | undefined {
  const { operator, values } = condition;
  const [value, ...more] = values;
  if (operator?.kind.family !== "text" || more.length > 0) return undefined;
  const { kind, negated, ifExists, quantifier } = operator;
  const isEqual = kind.style === "exact" || kind.style === "wildcards";
  if (
    !isEqual ||
    kind.ignoreCase ||
    negated ||
    ifExists ||
    quantifier !== undefined
  ) {
    return undefined;
  }
  const [part, ...others] = value ?? [];
  return others.length === 0 &&
    part?.kind === "variable" &&
    part.fallback === undefined
    ? part.key
    : undefined;
}

function renamed(one: Literal, from: string, to: string): Literal {
  const { condition } = one;
  if (condition.key !== from && !variablesOf(one).includes(from)) return one;
  return {
    ...one,
    condition: {
      ...condition,
      key: condition.key === from ? to : condition.key,
      values: condition.values.map((value) => inTemplate(value, from, to)),
    },
  };
}

const inTemplate = (value: Template, from: string, to: string): Template =>
  value.map((part): Part =>
    part.kind === "variable" && part.key === from ? { ...part, key: to } : part,
  );
