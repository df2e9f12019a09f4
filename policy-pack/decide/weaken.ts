import type { Condition } from "./document";
import type { Literal } from "./literal";
import type { Part, Template } from "./text/template";

/**
 * The literal without its variables, made weaker: whatever the variables will stand for, a value
 * that does for the literal does for this one. So what this one rules out is ruled out for good.
 */
export function relax(one: Literal): Literal | undefined {
  const { condition, met } = one;
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
  const style = kind.style === "exact" ? "wildcards" : kind.style;
  const relaxed: Condition = {
    ...condition,
    operator: { ...operator, kind: { ...kind, style } },
    values: values.map((value) => opened(value, kind.style === "exact")),
  };
  return { met, condition: relaxed };
}

const isPlain = (value: Template): boolean =>
  value.every((part) => part.kind !== "variable");

const opened = (value: Template, isExact: boolean): Template =>
  value.map((part): Part => {
    if (part.kind === "variable") return { kind: "text", text: "*" };
    return isExact ? { kind: "literal", text: part.text } : part;
  });
