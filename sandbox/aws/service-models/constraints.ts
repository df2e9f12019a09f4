import type { Fields } from "./fields";
import { ownWords } from "./own-words";
import {
  matcherOf,
  shapeOf,
  type Member,
  type ServiceModel,
  type ServiceName,
  type Shape,
} from "./service-model";

/** A value that is not what AWS lets it be, in AWS's words. */
interface Fault {
  readonly path: string;
  /** As the message shows it; left out for what AWS keeps to itself. */
  readonly value?: string;
  readonly constraint: string;
  /** The pattern that it breaks. */
  readonly pattern?: string | undefined;
}

/** All that is wrong with a request's parameters, in AWS's one message; undefined where nothing is. */
export function faultsOf(
  service: ServiceName,
  model: ServiceModel,
  input: string,
  fields: Fields,
): string | undefined {
  const all = [...ofStructure(model, shapeOf(model, input), fields, "")];
  const said = all.map(({ path, pattern }) =>
    pattern === undefined ? undefined : ownWords(service, pattern)?.(path),
  );
  const faults = all.filter((_, index) => said[index] === undefined);
  if (faults.length === 0) return said[0];
  const errors = faults.length === 1 ? "error" : "errors";
  return `${faults.length} validation ${errors} detected: ${faults.map(tell).join("; ")}`;
}

const tell = ({ path, value, constraint }: Fault): string =>
  `Value ${value === undefined ? "" : `${value} `}at '${path}' failed to satisfy constraint: ${constraint}`;

/** AWS writes the first letter of each name small. */
const below = (path: string, name: string): string =>
  `${path}${path && "."}${name.charAt(0).toLowerCase()}${name.slice(1)}`;

function* ofStructure(
  model: ServiceModel,
  { members = {}, required = [] }: Shape,
  fields: object,
  path: string,
): Generator<Fault> {
  const values = new Map<string, unknown>(Object.entries(fields));
  for (const [name, member] of Object.entries(members)) {
    const value = values.get(name) ?? undefined;
    const at = below(path, name);
    if (value !== undefined) yield* ofValue(model, member, value, at);
    else if (required.includes(name))
      yield { path: at, value: "null", constraint: "Member must not be null" };
  }
}

/** Secrets for half a minute, which AWS's models do not call sensitive. */
const oneTimeCodes: ReadonlySet<string> = new Set([
  "authenticationCodeType",
  "tokenCodeType",
]);

function* ofValue(
  model: ServiceModel,
  { shape: name }: Member,
  value: unknown,
  path: string,
): Generator<Fault> {
  const shape = shapeOf(model, name);
  for (const { what, pattern } of brokenBy(shape, value)) {
    const isKept = shape.sensitive ?? oneTimeCodes.has(name);
    const shown = isKept ? {} : { value: show(value) };
    yield { path, ...shown, constraint: `Member must ${what}`, pattern };
  }
  if (Array.isArray(value)) yield* ofList(model, shape, value, path);
  else if (typeof value === "object" && value !== null) {
    if (shape.type === "structure")
      yield* ofStructure(model, shape, value, path);
    if (shape.type === "map") yield* ofMap(model, shape, value, path);
  }
}

/** Of plain values AWS shows the whole list, and all that holds for each of them. */
function* ofList(
  model: ServiceModel,
  { member }: Shape,
  values: readonly unknown[],
  path: string,
): Generator<Fault> {
  if (!member) return;
  const shape = shapeOf(model, member.shape);
  if (shape.type === "structure" || shape.type === "list") {
    for (const [index, value] of values.entries())
      yield* ofValue(model, member, value, `${path}.${index + 1}.member`);
  } else if (values.some((value) => brokenBy(shape, value).length > 0)) {
    yield {
      path,
      value: show(values),
      constraint: `Member must satisfy constraint: ${allOf(shape)}`,
    };
  }
}

function* ofMap(
  model: ServiceModel,
  { key, value }: Shape,
  map: object,
  path: string,
): Generator<Fault> {
  if (!key || !value) return;
  const keys = shapeOf(model, key.shape);
  const values = shapeOf(model, value.shape);
  const shown = show(map);
  if (Object.keys(map).some((one) => brokenBy(keys, one).length > 0)) {
    const constraint = `Map keys must satisfy constraint: ${allOf(keys)}`;
    yield { path, value: shown, constraint };
  }
  for (const [name, one] of Object.entries(map)) {
    if (typeof one === "object")
      yield* ofValue(model, value, one, `${path}.${name}.member`);
  }
  if (Object.values(map).some((one) => brokenBy(values, one).length > 0)) {
    const constraint = `Map value must satisfy constraint: ${allOf(values)}`;
    yield { path, value: shown, constraint };
  }
}

const allOf = (shape: Shape): string =>
  `[${constraintsOf(shape)
    .map(({ what }) => `Member must ${what}`)
    .join(", ")}]`;

interface Constraint {
  /** The end of "Member must …". */
  readonly what: string;
  readonly pattern?: string;
  readonly holds: (value: unknown) => boolean;
}

const brokenBy = (shape: Shape, value: unknown): readonly Constraint[] =>
  constraintsOf(shape).filter(({ holds }) => !holds(value));

const known = new WeakMap<Shape, readonly Constraint[]>();

function constraintsOf(shape: Shape): readonly Constraint[] {
  const before = known.get(shape);
  if (before) return before;
  const constraints = [...constraintsIn(shape)];
  known.set(shape, constraints);
  return constraints;
}

const sizeOf = (value: unknown): number => {
  if (typeof value === "number") return value;
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null
    ? Object.keys(value).length
    : 0;
};

function* constraintsIn({
  type,
  min,
  max,
  pattern,
  enum: words,
}: Shape): Generator<Constraint> {
  const isNumber = ["integer", "long", "double", "float"].includes(type);
  const size = isNumber ? "value" : "length";
  if (max !== undefined) {
    const holds = (value: unknown) => sizeOf(value) <= max;
    yield { what: `have ${size} less than or equal to ${max}`, holds };
  }
  if (min !== undefined) {
    const holds = (value: unknown) => sizeOf(value) >= min;
    yield { what: `have ${size} greater than or equal to ${min}`, holds };
  }
  if (words !== undefined) {
    const holds = (value: unknown) => words.some((word) => word === value);
    yield { what: `satisfy enum value set: [${words.join(", ")}]`, holds };
  }
  if (pattern !== undefined) {
    const holds = (value: unknown) => matcherOf(pattern).test(String(value));
    const what = `satisfy regular expression pattern: ${pattern}`;
    yield { what, holds, pattern };
  }
}

/** As Java prints it. */
function show(value: unknown): string {
  return typeof value === "string" || typeof value === "number"
    ? `'${value}'`
    : `'${inner(value)}'`;
}

function inner(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inner).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const pairs = Object.entries(value).map(
    ([name, one]) => `${name}=${inner(one)}`,
  );
  return `{${pairs.join(", ")}}`;
}
