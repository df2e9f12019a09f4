import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../errors";
import { isTooDeep } from "../json-depth";
import { isFields, type Fields } from "./json-body";

/** One of the ways to compare a value, as `{ prefix: "aws." }`. */
const comparisons: Readonly<
  Record<string, (expected: unknown, found: unknown) => boolean>
> = {
  exists: (expected, found) => (found !== undefined) === expected,
  prefix: (expected, found) =>
    typeof found === "string" && found.startsWith(String(expected)),
  suffix: (expected, found) =>
    typeof found === "string" && found.endsWith(String(expected)),
  "equals-ignore-case": (expected, found) =>
    typeof found === "string" &&
    found.toLowerCase() === String(expected).toLowerCase(),
  // A field that is not there is not anything but: it does not match.
  "anything-but": (expected, found) =>
    found !== undefined && ![expected].flat().includes(found),
};

/**
 * Reads an event pattern.
 *
 * Source: AWS documentation, "Creating Amazon EventBridge event patterns". Of the comparisons there,
 * those above; a pattern with another is refused.
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
  if (!isFields(one)) return;
  const [kind = "", ...more] = Object.keys(one);
  if (!Object.hasOwn(comparisons, kind) || more.length > 0) {
    throw invalid(`Unrecognized match type ${kind}`);
  }
}

/** Whether the event has all that the pattern names. */
export function matches(pattern: Fields, event: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === "$or") {
      return (wanted as readonly Fields[]).some((one) => matches(one, event));
    }
    const found = isFields(event) ? event[name] : undefined;
    return Array.isArray(wanted)
      ? matchesOne(wanted, found)
      : matches(wanted as Fields, found);
  });
}

/** A list in the event matches when any of its members does. */
function matchesOne(wanted: readonly unknown[], found: unknown): boolean {
  const values = Array.isArray(found) ? (found as readonly unknown[]) : [found];
  return wanted.some((one) => {
    if (!isFields(one)) return values.some((v) => isDeepStrictEqual(v, one));
    const [[kind, expected] = ["", undefined]] = Object.entries(one);
    return values.some((value) => comparisons[kind]?.(expected, value));
  });
}
