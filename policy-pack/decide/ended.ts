import type { Condition, Document, Statement } from "./document";
import { parseDate } from "./values/date";
import { parseNumber } from "./values/number";
import { templateText } from "./text/template";

/**
 * The statements that may speak of a request now or later, whether they allow or deny: of the others the
 * last time that they take is past. Source: AWS documentation, "AWS global condition context keys",
 * aws:CurrentTime and aws:EpochTime.
 */
export function withoutEnded(document: Document, now: Date): Document {
  const left = document.statements.filter((one) => !hasEnded(one, now));
  return left.length === document.statements.length
    ? document
    : { statements: left };
}

const hasEnded = ({ conditions }: Statement, now: Date): boolean =>
  conditions.some((one) => isPast(one, now.getTime()));

/** The time is in every request, so that IfExists makes no difference to it. */
function isPast({ key, operator, values }: Condition, now: number): boolean {
  if (operator === undefined || operator.negated) return false;
  const { kind } = operator;
  if (!times.has(key) || values.length === 0) return false;
  if (kind.family !== "date" && kind.family !== "number") return false;
  if (!upTo.has(kind.comparison)) return false;
  const inSeconds = kind.family === "number";
  return values.every((value) => {
    const text = templateText(value);
    const last = inSeconds ? inMilliseconds(text) : parseDate(text);
    return last !== undefined && last < now;
  });
}

const inMilliseconds = (text: string): number | undefined => {
  const seconds = parseNumber(text);
  return seconds === undefined ? undefined : seconds * 1_000;
};

const times: ReadonlySet<string> = new Set([
  "aws:currenttime",
  "aws:epochtime",
]);
const upTo: ReadonlySet<string> = new Set(["<", "<=", "="]);
