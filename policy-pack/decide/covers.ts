import { meet, startOf } from "./could-allow";
import type { Choice, Condition, Statement } from "./document";
import { oncePer } from "./once-per";
import { compile, includes } from "./text/pattern";
import { isPlainText, templateText, type Template } from "./text/template";

/**
 * What the statements match and the others do not, as far as it shows in their words alone: nothing
 * that is left out here could make a difference, whatever the request. Effects are not looked at.
 * A statement of which only some actions or resources are left stands there with those.
 */
export const withoutCovered = (
  statements: readonly Statement[],
  others: readonly Statement[],
): readonly Statement[] => statements.flatMap((one) => leftOf(one, others));

/**
 * The statements without actions that the others have nothing to do with, as their beginnings show: one of
 * AWS's own lists a thousand, and most others speak of one service.
 */
export function speakingOf(
  statements: readonly Statement[],
  others: readonly Statement[],
): readonly Statement[] {
  if (others.some(({ actions }) => actions?.mode !== "these"))
    return statements;
  const meeting = others
    .flatMap(({ actions }) => actions?.values ?? [])
    .map(knownStart);
  return statements.flatMap((one) => {
    if (one.actions?.mode !== "these") return [one];
    const values = one.actions.values.filter((value) =>
      meeting.some((start) => meet(start, knownStart(value))),
    );
    return values.length === 0
      ? []
      : [madeOf(one, { actions: { mode: "these", values } })];
  });
}

/** Each is held against a thousand others. */
const knownStart = oncePer(startOf);

/** The statement of the document that another was made from. */
export const originOf = (statement: Statement): Statement =>
  origins.get(statement) ?? statement;

const origins = new WeakMap<Statement, Statement>();

function leftOf(
  one: Statement,
  others: readonly Statement[],
): readonly Statement[] {
  const alike = others.filter((other) => isAsOpen(other, one));
  const { actions, resources } = one;
  if (alike.length === 0) return [one];
  if (resources?.mode !== "these") return leftOfActions(one, alike);
  const left = new Map<string, Statement>();
  for (const value of resources.values) {
    const covering = alike.filter(({ resources: wider }) =>
      coversResource(wider, value),
    );
    for (const rest of leftOfActions(one, covering)) {
      // Resources of which the same actions are left stay together.
      const key = JSON.stringify(rest.actions?.values);
      const values = [...(left.get(key)?.resources?.values ?? []), value];
      left.set(key, { ...rest, resources: { mode: "these", values } });
    }
  }
  const isWhole =
    left.size === 1 &&
    [...left.values()].every(
      (rest) =>
        rest.resources?.values.length === resources.values.length &&
        rest.actions?.values.length === actions?.values.length,
    );
  return isWhole ? [one] : [...left.values()].map((rest) => madeOf(one, rest));
}

/** @param covering statements that match whenever the action does */
function leftOfActions(
  one: Statement,
  covering: readonly Statement[],
): readonly Statement[] {
  const { actions } = one;
  if (covering.length === 0) return [one];
  if (actions?.mode !== "these") {
    return covering.some((other) => coversAllBut(other.actions, actions))
      ? []
      : [one];
  }
  const values = actions.values.filter(
    (value) =>
      !covering.some((other) => coversValue(other.actions, value, isWider)),
  );
  if (values.length === actions.values.length) return [one];
  return values.length === 0
    ? []
    : [madeOf(one, { actions: { mode: "these", values } })];
}

/** @param made what is new about it */
export function madeOf(origin: Statement, made: Partial<Statement>): Statement {
  const copy = { ...origin, ...made };
  origins.set(copy, originOf(origin));
  return copy;
}

/** Whether it speaks of all the same principals, and asks for nothing beside what the other asks for. */
function isAsOpen(wider: Statement, one: Statement): boolean {
  const asked = new Set(one.conditions.map(conditionKey));
  return (
    wider.conditions.every((condition) => asked.has(conditionKey(condition))) &&
    speaksOfAll(wider, one) &&
    (one.resources?.mode === "these"
      ? wider.resources !== undefined
      : coversAllBut(wider.resources, one.resources))
  );
}

/** Conditions that say the same have the same key, whatever the order of their values. */
const conditionKey = oncePer(
  ({ key, operator, operatorName, values }: Condition): string =>
    JSON.stringify([
      key,
      operator ?? operatorName,
      values.map(valueKey).sort(),
    ]),
);

function speaksOfAll(wider: Statement, one: Statement): boolean {
  const [all, some] = [wider.principals, one.principals];
  if (all === undefined || some === undefined) return all === some;
  const named = (choice: typeof all) =>
    choice.principals.map((entry) => JSON.stringify(entry));
  const [more, fewer] = all.mode === "these" ? [all, some] : [some, all];
  const names = new Set(named(more));
  return (
    all.mode === some.mode && named(fewer).every((name) => names.has(name))
  );
}

const coversResource = (wider: Choice | undefined, value: Template): boolean =>
  coversValue(wider, value, (pattern, one) => isWiderArn(pattern, one));

/** Of lists that leave something out: what the wider one leaves out, the other does as well. */
function coversAllBut(
  wider: Choice | undefined,
  one: Choice | undefined,
): boolean {
  if (wider === undefined || one === undefined) return wider === one;
  if (wider.mode === "these") return valuesOf(wider).keys.has(anything);
  const left = new Set(one.values.map(valueKey));
  return (
    one.mode === wider.mode &&
    wider.values.every((value) => left.has(valueKey(value)))
  );
}

function coversValue(
  wider: Choice | undefined,
  value: Template,
  isWiderPattern: (pattern: Template, value: Template) => boolean,
): boolean {
  if (wider?.mode !== "these") return false;
  const { keys, patterns } = valuesOf(wider);
  return (
    keys.has(anything) ||
    keys.has(valueKey(value)) ||
    patterns.some((pattern) => isWiderPattern(pattern, value))
  );
}

interface Values {
  readonly keys: ReadonlySet<string>;
  /** Those that take more than is written. */
  readonly patterns: readonly Template[];
}

/** Each list is asked about many values. */
const valuesOf = oncePer(({ values }: Choice): Values => ({
  keys: new Set(values.map(valueKey)),
  patterns: values.filter((value) => /[*?]/.test(templateText(value))),
}));

/** The same for values that are written alike. */
const valueKey = oncePer((value: Template): string => JSON.stringify(value));

const anything = valueKey([{ kind: "text", text: "*" }]);

const isWider = (pattern: Template, value: Template): boolean =>
  knownStart(value).startsWith(knownStart(pattern)) &&
  isPlainText(pattern) &&
  isPlainText(value) &&
  includes(
    compile(pattern, "wildcards", true),
    compile(value, "wildcards", true),
  );

/** Of whole ARNs alone: what is left out of a short one is read in more than one way. */
const isWiderArn = (pattern: Template, value: Template): boolean =>
  [pattern, value].every(
    (one) => isPlainText(one) && templateText(one).split(":").length >= 6,
  ) && includes(compile(pattern, "resource"), compile(value, "resource"));
