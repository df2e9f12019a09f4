import type { Condition } from "../document";
import { parseOperator } from "../operator";
import { parseTemplate } from "../text/template";
import { isObject, texts } from "./element";
import type { Faults } from "./faults";

/** `Condition` as IAM has it, and the list of test, variable and values of getPolicyDocument. */
export function readConditions(
  value: unknown,
  where: string,
  faults: Faults,
  hasVariables: boolean,
): readonly Condition[] {
  const make = (operatorName: string, key: string, values: unknown) =>
    readCondition(
      operatorName,
      key,
      texts(values, `${where}.${operatorName}.${key}`, faults, "any scalar"),
      hasVariables,
    );
  if (Array.isArray(value)) {
    return together(
      value.flatMap((one: unknown, index) => {
        if (
          isObject(one) &&
          typeof one["test"] === "string" &&
          typeof one["variable"] === "string"
        ) {
          return [make(one["test"], one["variable"], one["values"])];
        }
        faults.add(`${where}[${index}]`, one, "test, variable and values");
        return [];
      }),
    );
  }
  if (!isObject(value)) {
    faults.add(where, value, "an object of operators");
    return [];
  }
  return Object.entries(value).flatMap(([operatorName, keys]) => {
    if (isObject(keys)) {
      return Object.entries(keys).map(([key, values]) =>
        make(operatorName, key, values),
      );
    }
    faults.add(`${where}.${operatorName}`, keys, "an object of keys");
    return [];
  });
}

/**
 * getPolicyDocument writes the values of the same test and variable into one list, where IAM ors
 * them, and not as two conditions.
 */
function together(conditions: readonly Condition[]): readonly Condition[] {
  const byTest = new Map<string, Condition>();
  for (const one of conditions) {
    const name = `${one.operatorName} ${one.key}`;
    const values = [...(byTest.get(name)?.values ?? []), ...one.values];
    byTest.set(name, { ...one, values });
  }
  return [...byTest.values()];
}

function readCondition(
  operatorName: string,
  key: string,
  values: readonly string[],
  hasVariables: boolean,
): Condition {
  return {
    key: key.toLowerCase(),
    writtenKey: key,
    operatorName,
    operator: parseOperator(operatorName),
    values: values.map((text) => parseTemplate(text, hasVariables)),
  };
}
