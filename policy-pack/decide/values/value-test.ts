import type { Condition } from "../document";
import { isMeasured, isWhole } from "../keys";
import type { Kind } from "../operator";
import { compile, exactly, isArnPattern, type Pattern } from "../text/pattern";
import type { TextTest } from "../text/text-test";
import {
  substitute,
  templateText,
  variablesIn,
  type Lookup,
  type Template,
} from "../text/template";
import { dateMeasure } from "./date";
import { ipMeasure } from "./ip";
import type { Measure } from "./measure";
import { numberMeasure } from "./number";

/** What one value of a key must be like for a condition to be met, or not to be met. */
export type ValueTest =
  | { readonly kind: "text"; readonly tests: readonly TextTest[] }
  | { readonly kind: "measure"; readonly measure: Measure }
  /** Every value passes, or none does. */
  | { readonly kind: "constant"; readonly passes: boolean }
  | { readonly kind: "unclear"; readonly why: string };

/**
 * Reads the condition as a test of one present value.
 *
 * @param wanted whether the condition is to be met
 * @param lookup the keys that its variables stand for; all of them with a value
 */
export function valueTest(
  condition: Condition,
  wanted: boolean,
  lookup: Lookup,
): ValueTest {
  if (condition.values.some((value) => variablesIn(value).length > 0)) {
    return makeTest(condition, wanted, lookup);
  }
  const known = wanted ? met.get(condition) : unmet.get(condition);
  if (known !== undefined) return known;
  const test = makeTest(condition, wanted, lookup);
  (wanted ? met : unmet).set(condition, test);
  return test;
}

const met = new WeakMap<Condition, ValueTest>();
const unmet = new WeakMap<Condition, ValueTest>();

function makeTest(
  condition: Condition,
  wanted: boolean,
  lookup: Lookup,
): ValueTest {
  const { key, operator, operatorName } = condition;
  if (operator === undefined) {
    return { kind: "unclear", why: `IAM has no operator ${operatorName}` };
  }
  // Source: AWS documentation, "IAM policy elements: Variables and tags", "Policy variables with no
  // value": such a value matches nothing, so an inverted operator does match.
  const values = condition.values
    .map((value) => substitute(value, lookup))
    .filter((value) => value !== undefined);
  const open = values.flatMap(variablesIn)[0];
  if (open !== undefined) {
    return {
      kind: "unclear",
      why: `${key} is compared with ${open}, which is open`,
    };
  }
  const { kind, negated } = operator;
  const measures = {
    bounds: texts(values),
    negated,
    wanted,
    isMeasured: isMeasured(key),
    isWhole: isWhole(key),
  };
  switch (kind.family) {
    case "null":
      return { kind: "constant", passes: true };
    case "bool":
      return boolTest(values, wanted);
    case "text":
      return kind.style === "arn"
        ? arnTest(key, values, negated !== wanted)
        : {
            kind: "text",
            tests: [
              {
                patterns: patternsOf(values, kind),
                matched: wanted !== negated,
              },
            ],
          };
    case "ip":
      return measured(ipMeasure(measures));
    case "number":
      return measured(
        numberMeasure({ ...measures, comparison: kind.comparison }),
      );
    case "date":
      return measured(
        dateMeasure({ ...measures, comparison: kind.comparison }),
      );
  }
}

const patternsOf = (
  values: readonly Template[],
  { style, ignoreCase }: Extract<Kind, { readonly family: "text" }>,
): readonly Pattern[] =>
  values.map((value) => compile(value, style, ignoreCase));

const measured = (measure: Measure): ValueTest => ({
  kind: "measure",
  measure,
});

const texts = (values: readonly Template[]): readonly string[] =>
  values.map(templateText);

const truths: readonly Pattern[] = ["true", "false"].map(anyCase);

function anyCase(text: string): Pattern {
  return { ...exactly(text), ignoreCase: true };
}

/** A key that is asked for its truth is true or false. */
function boolTest(values: readonly Template[], wanted: boolean): ValueTest {
  const patterns = texts(values)
    .map((text) => text.toLowerCase())
    .filter((text) => text === "true" || text === "false")
    .map(anyCase);
  return {
    kind: "text",
    tests: [
      { patterns: truths, matched: true },
      { patterns, matched: wanted },
    ],
  };
}

/** A key that is compared with ARNs holds one. */
const anyArn: Pattern = compile(
  [{ kind: "text", text: "arn:*:*:*:*:*" }],
  "arn",
);

function arnTest(
  key: string,
  values: readonly Template[],
  matched: boolean,
): ValueTest {
  const patterns = values.map((value) => compile(value, "arn"));
  const odd = patterns.findIndex((pattern) => !isArnPattern(pattern));
  if (odd >= 0) {
    return {
      kind: "unclear",
      why: `${key} is compared as an ARN with "${texts(values)[odd] ?? ""}", which is none`,
    };
  }
  return {
    kind: "text",
    tests: [
      { patterns: [anyArn], matched: true },
      { patterns, matched },
    ],
  };
}
