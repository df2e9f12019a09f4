import { createHash } from "node:crypto";
import { present, texts, type Properties } from "./properties";

type Statement = { readonly Sid?: string } & Readonly<Record<string, unknown>>;

interface Document {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

/**
 * `aws:iam/getPolicyDocument:getPolicyDocument`: sources first, then the statements, then what
 * overrides them; a later statement takes the place of an earlier one of the same `Sid`.
 *
 * @throws Error on a `Sid` that is used twice where nothing overrides.
 */
export function policyDocument(args: Properties): Properties {
  const own = records(args["statements"]).map(statement);
  const sources = texts(args, "sourcePolicyDocuments").flatMap(statementsOf);
  refuseTwice(own, "statements");
  refuseTwice(sources, "sourcePolicyDocuments");
  const overriding = texts(args, "overridePolicyDocuments").flatMap(
    statementsOf,
  );
  const id = args["policyId"];
  const version = args["version"];
  const document: Document = {
    Version: typeof version === "string" ? version : "2012-10-17",
    ...(typeof id === "string" ? { Id: id } : {}),
    Statement: overriding.reduce(put, own.reduce(put, sources)),
  };
  const minifiedJson = JSON.stringify(document);
  return {
    ...args,
    id: createHash("sha256").update(minifiedJson).digest("hex").slice(0, 10),
    json: JSON.stringify(document, null, 2),
    minifiedJson,
  };
}

function put(
  statements: readonly Statement[],
  next: Statement,
): readonly Statement[] {
  const at = statements.findIndex(
    ({ Sid }) => Sid !== undefined && Sid === next.Sid,
  );
  return at < 0 ? [...statements, next] : statements.with(at, next);
}

function refuseTwice(statements: readonly Statement[], where: string): void {
  const sids = statements.map(({ Sid }) => Sid);
  const twice = sids.find(
    (sid, index) => sid !== undefined && sids.indexOf(sid) !== index,
  );
  if (twice === undefined) return;
  throw new Error(
    `${where}: duplicate Sid (${twice}); give each statement its own, or none`,
  );
}

function statementsOf(json: string): readonly Statement[] {
  const { Statement: found = [] } = JSON.parse(json) as {
    readonly Statement?: Statement | readonly Statement[];
  };
  return [found].flat();
}

const lists = {
  actions: "Action",
  notActions: "NotAction",
  resources: "Resource",
  notResources: "NotResource",
} as const;

function statement(given: Properties): Statement {
  const { sid, effect = "Allow" } = given;
  return present({
    Sid: typeof sid === "string" && sid !== "" ? sid : undefined,
    Effect: effect,
    ...Object.fromEntries(
      Object.entries(lists).map(([input, name]) => [
        name,
        oneOrMore(texts(given, input)),
      ]),
    ),
    Principal: principals(given["principals"]),
    NotPrincipal: principals(given["notPrincipals"]),
    Condition: conditions(given["conditions"]),
  });
}

function principals(given: unknown): unknown {
  const all = records(given);
  if (all.length === 0) return undefined;
  const [only] = all;
  if (all.length === 1 && only?.["type"] === "*") return "*";
  const types = new Set(all.map(({ type }) => String(type)));
  return Object.fromEntries(
    [...types].map((type) => {
      const ofType = all.filter((one) => one["type"] === type);
      const names = ofType.flatMap((one) => texts(one, "identifiers"));
      return [type, oneOrMore(names)];
    }),
  );
}

function conditions(given: unknown): unknown {
  const tests: Record<string, Record<string, unknown>> = {};
  for (const one of records(given)) {
    const test = String(one["test"]);
    tests[test] = {
      ...tests[test],
      [String(one["variable"])]: oneOrMore(texts(one, "values")),
    };
  }
  return Object.keys(tests).length > 0 ? tests : undefined;
}

function oneOrMore(values: readonly string[]): unknown {
  if (values.length === 0) return undefined;
  return values.length === 1 ? values[0] : [...values].sort();
}

const records = (value: unknown): readonly Properties[] =>
  Array.isArray(value) ? (value as readonly Properties[]) : [];
