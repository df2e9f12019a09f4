import { BlockList, isIP } from "node:net";
import { isFields } from "./json-body";

/** Whether a value of an event, undefined where there is none, is what a comparison asks for. */
export type Test = (found: unknown) => boolean;

/** Reads what a comparison compares with: undefined where that is not of its form. */
type Reader = (expected: unknown) => Test | undefined;

const ofText =
  (test: (found: string) => boolean): Test =>
  (found) =>
    typeof found === "string" && test(found);

const ignoringCase = "equals-ignore-case";

/** A text, or `{ "equals-ignore-case": "a text" }`. */
const orIgnoringCase =
  (test: (found: string, expected: string) => boolean): Reader =>
  (expected) => {
    if (typeof expected === "string")
      return ofText((found) => test(found, expected));
    const any = isFields(expected) ? expected[ignoringCase] : undefined;
    if (typeof any !== "string" || Object.keys(expected as object).length > 1)
      return undefined;
    return ofText((found) => test(found.toLowerCase(), any.toLowerCase()));
  };

const ofOneText =
  (testOf: (expected: string) => Test | undefined): Reader =>
  (expected) =>
    typeof expected === "string" ? testOf(expected) : undefined;

/** An asterisk is any text, `\\*` one itself and `\\\\` a backslash; two asterisks in a row are none. */
function wildcard(expected: string): Test | undefined {
  const tokens = expected.match(/\\[*\\]|[^\\]/gsu) ?? [];
  if (tokens.join("") !== expected || /(?<!\\)\*\*/.test(expected))
    return undefined;
  const parts = [""];
  for (const token of tokens) {
    if (token === "*") parts.push("");
    else parts.push(`${parts.pop() ?? ""}${token.slice(-1)}`);
  }
  return ofText((found) => hasInOrder(found, parts));
}

/** Whether the text begins with the first part, ends with the last, and has the others between. */
function hasInOrder(text: string, parts: readonly string[]): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const next = text.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function cidr(expected: string): Test | undefined {
  const [address = "", length = ""] = expected.split("/");
  const version = isIP(address);
  const bits = Number(length);
  if (version === 0 || !/^\d+$/.test(length)) return undefined;
  if (bits > (version === 4 ? 32 : 128)) return undefined;
  const block = new BlockList();
  const family = version === 4 ? "ipv4" : "ipv6";
  block.addSubnet(address, bits, family);
  return ofText(
    (found) => isIP(found) === version && block.check(found, family),
  );
}

const relations: Readonly<
  Record<string, (found: number, limit: number) => boolean>
> = {
  "=": (found, limit) => found === limit,
  "<": (found, limit) => found < limit,
  "<=": (found, limit) => found <= limit,
  ">": (found, limit) => found > limit,
  ">=": (found, limit) => found >= limit,
};

/** One relation and its number, or two. */
const numeric: Reader = (expected) => {
  if (!Array.isArray(expected) || ![2, 4].includes(expected.length))
    return undefined;
  const tests: ((found: number) => boolean)[] = [];
  for (let at = 0; at < expected.length; at += 2) {
    const [name, limit] = expected.slice(at, at + 2) as readonly unknown[];
    const relation = relations[String(name)];
    if (relation === undefined || typeof limit !== "number") return undefined;
    tests.push((found) => relation(found, limit));
  }
  return (found) =>
    typeof found === "number" && tests.every((test) => test(found));
};

const equal =
  (expected: string | number): Test =>
  (found) =>
    found === expected;

const allOf = (list: readonly unknown[], type: "string" | "number"): boolean =>
  list.length > 0 && list.every((one) => typeof one === type);

/** A field that is not there is not anything but: it does not match. */
const none =
  (tests: readonly Test[]): Test =>
  (found) =>
    found !== undefined && !tests.some((test) => test(found));

/** A text or a number, a list of texts or one of numbers, or one of the comparisons below with texts. */
const anythingBut: Reader = (expected) => {
  if (isFields(expected)) {
    const [[kind, value] = ["", undefined], ...more] = Object.entries(expected);
    const reader = Object.hasOwn(butFor, kind) ? butFor[kind] : undefined;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (more.length > 0 || !reader || !allOf(values, "string"))
      return undefined;
    const tests = values.map(reader);
    return tests.includes(undefined)
      ? undefined
      : none(tests.filter((test) => test !== undefined));
  }
  const values = [expected].flat() as readonly (string | number)[];
  const isOfOneType = allOf(values, "string") || allOf(values, "number");
  return isOfOneType ? none(values.map(equal)) : undefined;
};

const prefix = orIgnoringCase((found, expected) => found.startsWith(expected));
const suffix = orIgnoringCase((found, expected) => found.endsWith(expected));
const equalIgnoringCase = ofOneText((expected) =>
  ofText((found) => found.toLowerCase() === expected.toLowerCase()),
);

const butFor: Readonly<Record<string, Reader>> = {
  prefix,
  suffix,
  wildcard: ofOneText(wildcard),
  [ignoringCase]: equalIgnoringCase,
};

/**
 * The ways to compare a value, as `{ prefix: "aws." }`. Source: Amazon EventBridge User Guide,
 * "Comparison operators for use in event patterns".
 */
export const comparisons: Readonly<Record<string, Reader>> = {
  ...butFor,
  cidr: ofOneText(cidr),
  numeric,
  "anything-but": anythingBut,
  exists: (expected) =>
    typeof expected === "boolean"
      ? (found) => (found !== undefined) === expected
      : undefined,
};
