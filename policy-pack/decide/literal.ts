import type { Condition } from "./document";
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

/** A literal of our own making, in the words of the document language. */
export function literal(
  operatorName: string,
  key: string,
  ...values: readonly string[]
): Literal {
  return {
    met: true,
    condition: {
      key: key.toLowerCase(),
      operatorName,
      operator: parseOperator(operatorName),
      values: values.map((text) => [{ kind: "text", text }]),
    },
  };
}

export const not = ({ condition, met }: Literal): Literal => ({
  condition,
  met: !met,
});

export const isMissing = (key: string): Literal => literal("Null", key, "true");

export const isPresent = (key: string): Literal =>
  literal("Null", key, "false");

export const variablesOf = ({ condition }: Literal): readonly string[] =>
  condition.values.flatMap(variablesIn);
