import type { Comparison } from "../operator";
import { measure, type Measure } from "./measure";

export interface Bounds {
  readonly bounds: readonly string[];
  readonly comparison: Comparison;
  readonly negated: boolean;
  readonly wanted: boolean;
  readonly isMeasured: boolean;
  /** Whether the key holds no fractions. */
  readonly isWhole: boolean;
}

export function numberMeasure({
  comparison,
  isWhole,
  ...rest
}: Bounds): Measure {
  const made = measure({
    ...rest,
    parse: parseNumber,
    holds: (value, bound) => compares(value, comparison, bound),
    around: (bound) =>
      [
        ...[bound, bound + 1, bound - 1, bound + 0.5, bound - 0.5],
        ...[Math.floor(bound), Math.ceil(bound)],
      ].map(String),
  });
  const accepts = (text: string) =>
    made.accepts(text) && (!isWhole || Number.isInteger(Number(text)));
  return { ...made, accepts };
}

export function compares(
  value: number,
  comparison: Comparison,
  bound: number,
): boolean {
  switch (comparison) {
    case "=":
      return value === bound;
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    case ">":
      return value > bound;
    case ">=":
      return value >= bound;
  }
}

export const parseNumber = (text: string): number | undefined =>
  /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
