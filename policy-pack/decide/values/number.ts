import type { Comparison } from "../operator";
import { measure, type Measure } from "./measure";

export interface Bounds {
  readonly bounds: readonly string[];
  readonly comparison: Comparison;
  readonly negated: boolean;
  readonly wanted: boolean;
  readonly isMeasured: boolean;
}

export const numberMeasure = ({ comparison, ...rest }: Bounds): Measure =>
  measure({
    ...rest,
    parse: parseNumber,
    holds: (value, bound) => compares(value, comparison, bound),
    around: (bound) =>
      [bound, bound + 1, bound - 1, bound + 0.5, bound - 0.5].map(String),
  });

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
