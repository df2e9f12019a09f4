import type { Style } from "./text/pattern";

/** How a condition compares: IAM's operators, taken apart. */
export interface Operator {
  readonly kind: Kind;
  /** `…Not…`: holds when no value matches, and when the key is missing. */
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly quantifier: "all" | "any" | undefined;
}

export type Kind =
  | {
      readonly family: "text";
      readonly style: Style;
      readonly ignoreCase: boolean;
    }
  | { readonly family: "bool" }
  | { readonly family: "number" | "date"; readonly comparison: Comparison }
  | { readonly family: "ip" }
  | { readonly family: "null" };

export type Comparison = "=" | "<" | "<=" | ">" | ">=";

const text = (style: Style, ignoreCase = false): Kind => ({
  family: "text",
  style,
  ignoreCase,
});

/** Source: AWS documentation, "IAM JSON policy elements: Condition operators". */
const positive: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["stringequals", text("exact")],
  ["stringequalsignorecase", text("exact", true)],
  ["stringlike", text("wildcards")],
  // The documentation: ArnEquals and ArnLike behave identically.
  ["arnequals", text("arn")],
  ["arnlike", text("arn")],
  ["binaryequals", text("exact")],
  ["bool", { family: "bool" }],
  ["ipaddress", { family: "ip" }],
  ["null", { family: "null" }],
  ...comparisons("numeric", "number"),
  ...comparisons("date", "date"),
]);

function comparisons(
  prefix: string,
  family: "number" | "date",
): [string, Kind][] {
  const names: Readonly<Record<string, Comparison>> = {
    equals: "=",
    lessthan: "<",
    lessthanequals: "<=",
    greaterthan: ">",
    greaterthanequals: ">=",
  };
  return Object.entries(names).map(([name, comparison]) => [
    prefix + name,
    { family, comparison },
  ]);
}

const negative: ReadonlyMap<string, string> = new Map([
  ["stringnotequals", "stringequals"],
  ["stringnotequalsignorecase", "stringequalsignorecase"],
  ["stringnotlike", "stringlike"],
  ["arnnotequals", "arnequals"],
  ["arnnotlike", "arnlike"],
  ["numericnotequals", "numericequals"],
  ["datenotequals", "dateequals"],
  ["notipaddress", "ipaddress"],
]);

/** @returns undefined for an operator that IAM does not have. */
export function parseOperator(name: string): Operator | undefined {
  const whole = /^(?:forallvalues:|foranyvalue:)?(.+?)(ifexists)?$/.exec(
    name.toLowerCase(),
  );
  const base = whole?.[1] ?? "";
  const kind = positive.get(negative.get(base) ?? base);
  if (kind === undefined) return undefined;
  const ifExists = whole?.[2] !== undefined;
  const quantifier = quantifierOf(name);
  if (kind.family === "null" && (ifExists || quantifier !== undefined)) {
    return undefined;
  }
  return { kind, negated: negative.has(base), ifExists, quantifier };
}

function quantifierOf(name: string): "all" | "any" | undefined {
  const lower = name.toLowerCase();
  if (lower.startsWith("forallvalues:")) return "all";
  return lower.startsWith("foranyvalue:") ? "any" : undefined;
}
