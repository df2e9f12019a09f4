import type { ReceivedRequest } from "../request";
import { UnknownParameter, type Fields } from "./fields";
import {
  shapeOf,
  type Member,
  type ServiceModel,
  type Shape,
} from "./service-model";
import { typedText } from "./typed-text";

/** An operation of a REST service: what of a request tells that it is meant. */
interface Route {
  readonly name: string;
  readonly method: string;
  /** Its groups are the parameters of the path. */
  readonly path: RegExp;
  readonly labels: readonly string[];
  /** Words in the query that belong to the operation's name, as `location`. */
  readonly words: ReadonlyMap<string, string>;
  readonly isImported: boolean;
}

const routesOf = new WeakMap<ServiceModel, readonly Route[]>();

/** The one that says most stands first. */
function routes(model: ServiceModel): readonly Route[] {
  const before = routesOf.get(model);
  if (before) return before;
  const all = Object.entries(model.operations)
    .map(([name, { http = "", input }]) =>
      route(name, http, input !== undefined),
    )
    .sort(
      (one, other) =>
        other.words.size - one.words.size ||
        Number(other.isImported) - Number(one.isImported) ||
        one.name.length - other.name.length,
    );
  routesOf.set(model, all);
  return all;
}

function route(name: string, http: string, isImported: boolean): Route {
  const [method = "", uri = ""] = http.split(" ");
  const [path = "", query = ""] = uri.split("?");
  const labels = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, one = ""]) => one);
  const pattern = path
    .replaceAll(/\{\w+\}/g, "([^/]+)")
    .replaceAll(/\{\w+\+\}/g, "(.+)");
  return {
    name,
    method,
    path: new RegExp(`^${pattern}/?$`),
    labels,
    words: new Map(new URLSearchParams(query)),
    isImported,
  };
}

const asks = (
  { method, path, words }: Route,
  request: ReceivedRequest,
): boolean => {
  const { pathname, searchParams } = request.url;
  return (
    method === request.method &&
    path.test(pathname) &&
    [...words].every(([word, value]) => searchParams.get(word) === value)
  );
};

export interface RestRequest {
  readonly operation: string;
  /** Its parameters, once it is known where the model has each. */
  readonly fieldsIn: (model: ServiceModel, input: Shape) => Fields;
  /** What stands in the path, whatever the model says of it. */
  readonly inPath: Fields;
}

/** What a request of a REST service asks for; undefined where AWS has no such call. */
export function restRequest(
  model: ServiceModel,
  request: ReceivedRequest,
): RestRequest | undefined {
  const found = routes(model).find((one) => asks(one, request));
  if (!found) return undefined;
  const values = found.path.exec(request.url.pathname)?.slice(1) ?? [];
  const inPath = Object.fromEntries(
    found.labels.map((label, index) => [label, decoded(values[index] ?? "")]),
  );
  return {
    operation: found.name,
    inPath,
    fieldsIn: (current, input) => ({
      ...labelled(input, inPath),
      ...queryFields(current, input, request, found.words),
      ...headerFields(current, input, request),
    }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Bound = readonly [own: string, name: string, member: Member];

const boundTo = (
  { members = {} }: Shape,
  location: Member["location"],
): readonly Bound[] =>
  Object.entries(members)
    .filter(([, member]) => member.location === location)
    .map(([own, member]) => [own, member.name ?? own, member]);

const labelled = (input: Shape, inPath: Fields): Fields =>
  Object.fromEntries(
    boundTo(input, "uri").map(([own, name]) => [own, inPath[name]]),
  );

/** SDKs name the operation once more, and a presigned request is signed in its query. */
const isCommon = (name: string): boolean =>
  name === "x-id" || /^x-amz-/i.test(name);

function queryFields(
  model: ServiceModel,
  input: Shape,
  { url }: ReceivedRequest,
  words: ReadonlyMap<string, string>,
): Fields {
  const bound = boundTo(input, "querystring");
  const pairs = [...url.searchParams]
    .filter(([name]) => !words.has(name) && !isCommon(name))
    .map(([name, text]) => {
      const found = bound.find(([, one]) => one === name);
      if (!found) throw new UnknownParameter(name);
      const [own, , member] = found;
      return [
        own,
        typedText(shapeOf(model, member.shape), text, name),
      ] as const;
    });
  return Object.fromEntries(pairs);
}

/** Of every request. */
const commonHeaders = [
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-security-token",
  "x-amz-user-agent",
];

function headerFields(
  model: ServiceModel,
  input: Shape,
  { headers }: ReceivedRequest,
): Fields {
  const bound = boundTo(input, "header");
  const pairs = Object.entries(headers).flatMap(([name, value]) => {
    const found = bound.find(([, one]) => one.toLowerCase() === name);
    if (found) {
      const [own, , member] = found;
      const shape = shapeOf(model, member.shape);
      return [[own, typedText(shape, String(value), name)] as const];
    }
    if (!name.startsWith("x-amz-") || commonHeaders.includes(name)) return [];
    throw new UnknownParameter(name);
  });
  return Object.fromEntries(pairs);
}
