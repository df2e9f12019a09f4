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

/**
 * Milliseconds. IAM takes ISO 8601 as the W3C has it, and seconds since 1970. Other forms JavaScript reads
 * as it likes; a time without a zone it would read by that of the machine.
 */
export function parseDate(text: string): number | undefined {
  if (/^-?\d{5,}$/.test(text)) return Number(text) * second;
  const read = form.exec(text);
  if (read === null) return undefined;
  const [, time, zone] = read;
  const isLocal = time !== undefined && zone === undefined;
  const milliseconds = Date.parse(isLocal ? `${text}Z` : text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

const form =
  /^\d{4}(?:-\d\d(?:-\d\d(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/;

const written = (milliseconds: number): string =>
  Math.abs(milliseconds) > 8.64e15
    ? String(milliseconds / second)
    : new Date(milliseconds).toISOString().replace(".000Z", "Z");
