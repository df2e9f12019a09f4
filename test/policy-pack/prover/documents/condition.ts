import {
  and,
  atMost,
  flag,
  member,
  never,
  not,
  or,
  type Formula,
} from "../smt/formula";
import { inAnyCase, numbersUpTo } from "../smt/regex";
import type { Key, Value } from "./key";
import { NotEncoded, openReading } from "./limits";
import { matches, type Comparison, type Reach, type Way } from "./pattern";
import type { Condition } from "./read";
import { blockOf, secondsOf } from "./values";

export interface ConditionContext {
  readonly key: (name: string) => Key;
  readonly variable: Comparison["variable"];
  readonly hasVariables: boolean;
}

type Test = (value: Value, bound: string, context: ConditionContext) => Formula;

const text =
  (way: Way): Test =>
  (value, bound, context) =>
    matches(bound, way, { ...context, subject: textOf(value) });

const like = (reach: Reach): Test => text({ kind: "wildcards", reach });

/** The operators of "IAM JSON policy elements: Condition operators", without `Not`. */
const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ["stringequals", text({ kind: "exact", ignoresCase: false })],
  ["stringequalsignorecase", text({ kind: "exact", ignoresCase: true })],
  ["stringlike", like("all")],
  ["arnequals", like("part")],
  ["arnlike", like("part")],
  ["bool", sameTruth],
  ["ipaddress", inBlock],
  ...compared("numeric", numberAtMost),
  ...compared("date", timeAtMost),
]);

type AtMost = (value: Value, bound: string, isStrict: boolean) => Formula;

/** All comparisons come down to "at most" and "less than". */
function compared(prefix: string, atMost: AtMost): readonly [string, Test][] {
  const less: Test = (value, bound) => atMost(value, bound, true);
  const most: Test = (value, bound) => atMost(value, bound, false);
  return [
    [`${prefix}equals`, (...all) => and(most(...all), not(less(...all)))],
    [`${prefix}lessthan`, less],
    [`${prefix}lessthanequals`, most],
    [`${prefix}greaterthan`, (...all) => not(most(...all))],
    [`${prefix}greaterthanequals`, (...all) => not(less(...all))],
  ];
}

interface Operator {
  readonly test: Test;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly quantifier: "forallvalues" | "foranyvalue" | undefined;
}

/** Whether the request meets the condition. */
export function meets(
  condition: Condition,
  context: ConditionContext,
): Formula {
  const { key: name, values } = condition;
  const key = context.key(name);
  const lower = condition.operator.toLowerCase();
  if (lower === "null") return presenceAsked(values, key);
  if (values.length === 0) return flag(openReading("no_values"));
  const operator = operatorOf(lower);
  if (operator === undefined) return flag(openReading("no_such_operator"));
  const { test, negated, ifExists, quantifier } = operator;
  const passes = (value: Value): Formula => {
    const some = or(...values.map((bound) => test(value, bound, context)));
    return negated ? not(some) : some;
  };
  if (quantifier === undefined && key.values.length > 1) {
    throw new NotEncoded(`${name} with several values, but no quantifier`);
  }
  const all = key.values.map(passes);
  const isMissing = not(key.isPresent);
  switch (quantifier) {
    // Source: "Set operators for multivalued context keys": true where the key is missing.
    case "forallvalues":
      return or(isMissing, and(...all));
    // The same page: false where it is missing; whether IfExists changes that is not said.
    case "foranyvalue":
      return or(
        and(key.isPresent, or(...all)),
        ifExists
          ? and(isMissing, flag(openReading("any_value_if_exists")))
          : never,
      );
    case undefined:
      return ifExists || negated
        ? or(isMissing, ...all)
        : and(key.isPresent, ...all);
  }
}

function operatorOf(lower: string): Operator | undefined {
  const [, quantifier, base = "", suffix] =
    /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(lower) ?? [];
  const positive = base.replace(
    /^not(ip)|^(string|arn|numeric|date)not/,
    "$1$2",
  );
  const test = tests.get(positive);
  if (test === undefined) return undefined;
  return {
    test,
    negated: positive !== base,
    ifExists: suffix !== undefined,
    quantifier: quantifier as Operator["quantifier"],
  };
}

function presenceAsked(values: readonly string[], key: Key): Formula {
  return or(
    ...values.map((value) => {
      switch (value.toLowerCase()) {
        case "true":
          return not(key.isPresent);
        case "false":
          return key.isPresent;
        default:
          return flag(openReading("null_asks_neither"));
      }
    }),
  );
}

function textOf(value: Value) {
  if (value.kind !== "text" && value.kind !== "number") {
    throw new NotEncoded(`a ${value.kind} that is compared as text`);
  }
  return value.text;
}

function sameTruth(value: Value, bound: string): Formula {
  const isTruth = ["true", "false"].includes(bound.toLowerCase());
  return isTruth ? member(textOf(value), inAnyCase(bound)) : never;
}

function inBlock(value: Value, bound: string): Formula {
  if (value.kind !== "address") {
    throw new NotEncoded(`a ${value.kind} that is compared as an address`);
  }
  const block = blockOf(bound);
  if (block === undefined) return flag(openReading("no_address"));
  return and(
    block.isV6 ? value.isV6 : not(value.isV6),
    atMost(value.number, block.last),
    not(atMost(value.number, block.first - 1n)),
  );
}

/** Keys that are numbers hold whole ones: seconds, and accounts. */
function numberAtMost(value: Value, bound: string, isStrict: boolean): Formula {
  if (value.kind === "text") return flag(openReading("text_as_number"));
  if (value.kind !== "number") {
    throw new NotEncoded(`a ${value.kind} that is compared as a number`);
  }
  if (!/^[+-]?\d+(\.\d+)?$/.test(bound)) {
    return flag(openReading("no_number"));
  }
  const [whole = "0", fraction = ""] = bound.split(".");
  const isWhole = /^0*$/.test(fraction);
  const floor = BigInt(whole) - (bound.startsWith("-") && !isWhole ? 1n : 0n);
  const most = isStrict && isWhole ? floor - 1n : floor;
  return member(value.text, numbersUpTo(most, value.width));
}

/** Times are whole seconds. */
function timeAtMost(value: Value, bound: string, isStrict: boolean): Formula {
  if (value.kind !== "time") {
    throw new NotEncoded(`a ${value.kind} that is compared as a time`);
  }
  const seconds = secondsOf(bound);
  if (seconds === undefined) return flag(openReading("no_time"));
  return atMost(value.number, isStrict ? seconds - 1n : seconds);
}
