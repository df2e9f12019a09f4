import type { Condition } from "./document";
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
      one.condition.key === kept && isOfItself(one);
    if (literals.some((one) => isOfKept(one) && !comesTrue(one)))
      return undefined;
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

/** Whether one of the values is the key's own variable: so any value the key has is among them. */
const isOfItself = ({ condition }: Literal): boolean =>
  isOfText(condition) &&
  condition.values.some((value) => variableOf(value) === condition.key);

/** Of a literal on the key's own variable, where the key is there. */
const comesTrue = ({ condition, met }: Literal): boolean =>
  met !== condition.operator?.negated;

/** The key whose variable, and nothing else, the condition compares with. */
function equalTo({ condition }: Literal): string | undefined {
  const { operator, values } = condition;
  const [value, ...more] = values;
  if (
    value === undefined ||
    more.length > 0 ||
    !isOfText(condition) ||
    operator?.kind.family !== "text" ||
    operator.kind.ignoreCase ||
    operator.negated ||
    operator.ifExists
  ) {
    return undefined;
  }
  return variableOf(value);
}

const isOfText = ({ operator }: Condition): boolean =>
  operator?.kind.family === "text" &&
  ["exact", "wildcards"].includes(operator.kind.style) &&
  operator.quantifier === undefined;

/** The key of which the value is the variable, and nothing beside it. */
function variableOf(value: Template): string | undefined {
  const [part, ...others] = value;
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
