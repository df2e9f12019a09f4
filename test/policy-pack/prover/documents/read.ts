/** A statement as it was written, its elements by their names in lower case, each value in a list. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: Listed;
  readonly resources: Listed | undefined;
  readonly principals: Principals | undefined;
  readonly conditions: readonly Condition[];
  /** Documents of 2008 have no policy variables. */
  readonly hasVariables: boolean;
}

export interface Listed {
  /** `NotAction`, `NotResource`. */
  readonly inverted: boolean;
  readonly values: readonly string[];
}

export interface Principals {
  readonly inverted: boolean;
  /** By type, in lower case: `aws`, `service`, `federated`, `canonicaluser`. */
  readonly values: readonly { readonly type: string; readonly id: string }[];
}

export interface Condition {
  readonly operator: string;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** Source: AWS documentation, "Grammar of the IAM JSON policy language". */
export function statementsOf(document: unknown): readonly Statement[] {
  const elements = lowered(document);
  const hasVariables = elements["version"] === "2012-10-17";
  return listOf(elements["statement"]).map((one) =>
    statement(lowered(one), hasVariables),
  );
}

function statement(elements: Json, hasVariables: boolean): Statement {
  return {
    allows: elements["effect"] === "Allow",
    actions: listed(elements, "action") ?? { inverted: false, values: [] },
    resources: listed(elements, "resource"),
    principals: principalsOf(elements),
    conditions: Object.entries(
      lowered(elements["condition"] ?? {}, false),
    ).flatMap(([operator, keys]) =>
      Object.entries(keys as Json).map(([key, values]) => ({
        operator,
        key: key.toLowerCase(),
        values: listOf(values).map(String),
      })),
    ),
    hasVariables,
  };
}

function lowered(value: unknown, lower = true): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${JSON.stringify(value)} is no object of a policy`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      lower ? name.toLowerCase() : name,
      one as unknown,
    ]),
  );
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : [value];

function listed(elements: Json, name: string): Listed | undefined {
  const inverted = `not${name}` in elements;
  const value = elements[inverted ? `not${name}` : name];
  return value === undefined
    ? undefined
    : { inverted, values: listOf(value).map(String) };
}

function principalsOf(elements: Json): Principals | undefined {
  const inverted = "notprincipal" in elements;
  const value = elements[inverted ? "notprincipal" : "principal"];
  if (value === undefined) return undefined;
  if (value === "*") return { inverted, values: [{ type: "aws", id: "*" }] };
  return {
    inverted,
    values: Object.entries(lowered(value)).flatMap(([type, ids]) =>
      listOf(ids).map((id) => ({ type, id: String(id) })),
    ),
  };
}
