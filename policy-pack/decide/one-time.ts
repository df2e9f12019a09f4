import type { Condition } from "./document";
import type { Literal } from "./literal";
import type { KeyValue } from "./solve-key";
import { parseDate } from "./values/date";
import { templateText } from "./text/template";

const currentTime = "aws:currenttime";
const epochTime = "aws:epochtime";

/**
 * Asked as a date, both keys tell the same moment, written in two ways, so that what is asked of one is
 * asked of the other. Source: AWS documentation, "AWS global condition context keys".
 */
export function ofCurrentTime(condition: Condition): Condition {
  const { key, operator, values } = condition;
  if (key !== epochTime || operator === undefined) return condition;
  const { kind } = operator;
  const isDate =
    kind.family === "date" ||
    (kind.family === "number" &&
      values.every((one) => /^\d{5,}$/.test(templateText(one))));
  return isDate
    ? {
        ...condition,
        key: currentTime,
        operator: {
          ...operator,
          kind: { family: "date", comparison: kind.comparison },
        },
      }
    : condition;
}

/** The values of a request, with the second of the two as the first has it. */
export function atOneTime(
  values: ReadonlyMap<string, KeyValue>,
  asked: readonly Literal[],
): ReadonlyMap<string, KeyValue> {
  const [time = ""] = values.get(currentTime) ?? [];
  const milliseconds = parseDate(time);
  const isTold = asked.some(
    ({ condition: { key, operator } }) =>
      key === epochTime && operator?.kind.family !== "null",
  );
  if (milliseconds === undefined || isTold) return values;
  const seconds = String(Math.floor(milliseconds / 1_000));
  return new Map([...values, [epochTime, [seconds]]]);
}
