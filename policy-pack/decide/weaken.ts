import type { Condition } from "./document";
import type { Literal } from "./literal";
import type { Part, Template } from "./text/template";

/**
 * The literal without its variables, made weaker: whatever the variables will stand for, a value
 * that does for the literal does for this one. So what this one rules out is ruled out for good.
 */
export function weaken(one: Literal): Literal | undefined {
  if (weakenedOnce.has(one)) return weakenedOnce.get(one);
  const weakened = weakenAnew(one);
  weakenedOnce.set(one, weakened);
  return weakened;
}

const weakenedOnce = new WeakMap<Literal, Literal | undefined>();

function weakenAnew({ condition, met }: Literal): Literal | undefined {
  const { operator, values } = condition;
  if (operator?.kind.family !== "text") return undefined;
  const mustMatch = operator.negated !== met;
  if (!mustMatch) {
    const plain = values.filter(isPlain);
    return plain.length === 0
      ? undefined
      : { met, condition: { ...condition, values: plain } };
  }
  const { kind } = operator;
  const isFenced = kind.style === "arn" || kind.style === "resource";
  // What a variable stands for may hold colons, at which a wildcard of an ARN stops.
  const style =
    isFenced && values.every(hasVariablesLast) ? kind.style : "wildcards";
  const weakened: Condition = {
    ...condition,
    operator: { ...operator, kind: { ...kind, style } },
    values: values.map((value) => opened(value, kind.style === "exact")),
  };
  return { met, condition: weakened };
}

/** Whether its variables stand in the last part of an ARN, where wildcards stop nowhere. */
function hasVariablesLast(value: Template): boolean {
  const first = value.findIndex((part) => part.kind === "variable");
  const before = first < 0 ? [] : value.slice(0, first);
  const colons = before.flatMap((part) =>
    part.kind === "variable" ? [] : (part.text.match(/:/g) ?? []),
  );
  return first < 0 || colons.length >= 5;
}

const isPlain = (value: Template): boolean =>
  value.every((part) => part.kind !== "variable");

const opened = (value: Template, isExact: boolean): Template =>
  value.map((part): Part => {
    if (part.kind === "variable") return { kind: "text", text: "*" };
    return isExact ? { kind: "literal", text: part.text } : part;
  });
