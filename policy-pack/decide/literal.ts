import type { Condition } from "./document";
import { oncePerText } from "./once-per";
import { parseOperator } from "./operator";
import { variablesIn } from "./text/template";

/**
 * The smallest question: a condition that is to be met, or not to be met. A statement, the class
 * of requests that is asked about and what a caller is like all come down to these.
 */
export interface Literal {
  readonly condition: Condition;
  readonly met: boolean;
}

/** Names under which action and resource are keys like all others. */
export const actionKey = ":action";
export const resourceKey = ":resource";

const made = new Map<string, Literal>();
const conditionsOfOurs = new WeakSet<Condition>();

/**
 * A literal of our own making, in the words of the document language: the same object for the same
 * words, since every question to every document begins with some dozens of them.
 */
export function literal(
  operatorName: string,
  key: string,
  ...values: readonly string[]
): Literal {
  const words = JSON.stringify([operatorName, key, ...values]);
  const known = made.get(words);
  if (known !== undefined) return known;
  const condition: Condition = {
    key: key.toLowerCase(),
    operatorName,
    operator: parseOperator(operatorName),
    values: values.map((text) => [{ kind: "text", text }]),
  };
  const one = { met: true, condition };
  made.set(words, one);
  conditionsOfOurs.add(condition);
  return one;
}

/** Whether it is of our own making, and so has no variables and is solved in a few steps. */
export const isOurs = ({ condition }: Literal): boolean =>
  conditionsOfOurs.has(condition);

export const not = ({ condition, met }: Literal): Literal => ({
  condition,
  met: !met,
});

export const isMissing = oncePerText((key) => literal("Null", key, "true"));

export const isPresent = oncePerText((key) => literal("Null", key, "false"));

export const variablesOf = ({ condition }: Literal): readonly string[] =>
  condition.values.flatMap(variablesIn);
