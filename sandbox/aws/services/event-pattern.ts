import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../errors";
import { isTooDeep } from "../json-depth";
import { comparisons, type Test } from "./event-comparisons";
import { isFields, type Fields } from "./json-body";

/**
 * Reads an event pattern.
 *
 * Source: AWS documentation, "Creating Amazon EventBridge event patterns".
 *
 * @throws AwsError InvalidEventPattern.
 */
export function parsePattern(text: string): Fields {
  if (isTooDeep(text)) throw invalid("it nests too deep");
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalid("not valid JSON");
  }
  if (!isFields(pattern) || Object.keys(pattern).length === 0) {
    throw invalid("an event pattern is an object with at least one field");
  }
  check(pattern);
  return pattern;
}

const invalid = (why: string): AwsError =>
  new AwsError(
    "InvalidEventPattern",
    `Event pattern is not valid. Reason: ${why}`,
  );

function check(pattern: Fields): void {
  for (const [name, wanted] of Object.entries(pattern)) {
    if (name === "$or") {
      if (!Array.isArray(wanted) || wanted.length < 2) {
        throw invalid("$or needs a list of two patterns or more");
      }
      for (const one of wanted as readonly unknown[]) {
        if (!isFields(one)) throw invalid("$or holds patterns");
        check(one);
      }
    } else if (Array.isArray(wanted)) {
      if (wanted.length === 0) throw invalid(`"${name}" is an empty list`);
      for (const one of wanted as readonly unknown[]) checkComparison(one);
    } else if (isFields(wanted)) {
      check(wanted);
    } else {
      throw invalid(`"${name}" must be an object or an array`);
    }
  }
}

function checkComparison(one: unknown): void {
  if (Array.isArray(one))
    throw invalid("Match value must be String, number, true, false, or null");
  if (isFields(one)) testOf(one);
}

/** @throws AwsError InvalidEventPattern for a comparison that is none, or with what it does not take. */
function testOf(comparison: Fields): Test {
  const [[kind, expected] = ["", undefined], ...more] =
    Object.entries(comparison);
  const reader = Object.hasOwn(comparisons, kind)
    ? comparisons[kind]
    : undefined;
  if (reader === undefined || more.length > 0)
    throw invalid(`Unrecognized match type ${kind}`);
  const test = reader(expected);
  if (test) return test;
  throw invalid(`${kind} can't compare with ${JSON.stringify(expected)}`);
}

/** Whether the event has all that the pattern names. */
export function matches(pattern: Fields, event: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === "$or") {
      return (wanted as readonly Fields[]).some((one) => matches(one, event));
    }
    const found = isFields(event) ? event[name] : undefined;
    if (Array.isArray(wanted)) return matchesOne(wanted, found);
    // A list of objects matches when any of them does.
    return [found].flat().some((one) => matches(wanted as Fields, one));
  });
}

/** A list in the event matches when any of its members does. */
function matchesOne(wanted: readonly unknown[], found: unknown): boolean {
  const values = [found].flat();
  return wanted.some((one) => {
    if (!isFields(one)) return values.some((v) => isDeepStrictEqual(v, one));
    return values.some(testOf(one));
  });
}
