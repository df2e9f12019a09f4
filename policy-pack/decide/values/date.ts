import { measure, type Measure } from "./measure";
import { compares, type Bounds } from "./number";

const second = 1_000;

export const dateMeasure = ({ comparison, ...rest }: Bounds): Measure =>
  measure({
    ...rest,
    parse: parseDate,
    holds: (value, bound) => compares(value, comparison, bound),
    around: (bound) => [bound, bound + second, bound - second].map(written),
  });

/** Milliseconds. IAM takes ISO 8601, and seconds since 1970. */
export function parseDate(text: string): number | undefined {
  if (/^-?\d{5,}$/.test(text)) return Number(text) * second;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

const written = (milliseconds: number): string =>
  Math.abs(milliseconds) > 8.64e15
    ? String(milliseconds / second)
    : new Date(milliseconds).toISOString().replace(".000Z", "Z");
