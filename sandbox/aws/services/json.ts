import type { ContextKeys } from "../context";
import type { StoredDocument } from "../model";
import { AwsError, type Call } from "../operation";
import {
  runIfAllowed,
  type Answer,
  type Service,
  type ServiceAction,
} from "./service";

/** The body of a request, or of an answer. */
export type Body = Readonly<Record<string, unknown>>;

/** One action of a service that speaks JSON: what it acts on, then what it does. */
export interface JsonOperation {
  readonly resource?: (call: Call, body: Body) => string;
  readonly context?: (call: Call, body: Body) => ContextKeys;
  readonly resourcePolicy?: (
    call: Call,
    body: Body,
  ) => StoredDocument | undefined;
  readonly run: (call: Call, body: Body) => Body;
}

const answer = (status: number, body: Body): Answer => ({
  status,
  type: "application/x-amz-json-1.1",
  body: JSON.stringify(body),
});

/** A service whose requests name their action in a header, and bring a JSON body. */
export const jsonService = (
  prefix: string,
  operations: Readonly<Record<string, JsonOperation>>,
): Service => ({
  respond: (call, { headers, body }) => {
    const action = String(headers["x-amz-target"]).split(".").at(-1) ?? "";
    const operation = Object.hasOwn(operations, action)
      ? operations[action]
      : undefined;
    return runIfAllowed(
      call,
      operation && actionOf(call, `${prefix}:${action}`, operation, body),
    );
  },
  refuse: ({ code, message, status }) =>
    answer(status === 403 ? 400 : status, {
      __type: `${code}Exception`,
      message,
    }),
});

function actionOf(
  call: Call,
  action: string,
  operation: JsonOperation,
  text: string,
): ServiceAction {
  const body = parseBody(text || "{}");
  const resourcePolicy = operation.resourcePolicy?.(call, body);
  return {
    action,
    resource: operation.resource?.(call, body) ?? "*",
    context: operation.context?.(call, body) ?? {},
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
    run: () => answer(200, operation.run(call, body)),
  };
}

/** @throws AwsError Serialization for a body that is no JSON object. */
export function parseBody(text: string): Body {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new AwsError("Serialization", "The request's body is no JSON");
  }
  if (isObject(body)) return body;
  throw new AwsError("Serialization", "The request's body is no JSON object");
}

const isObject = (value: unknown): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A member of the body that must be text. */
export function textIn(body: Body, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw new AwsError("Validation", `${name}: expected text`);
}

export function optionalTextIn(body: Body, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A member of the body that is a list of texts; empty when it is left out. */
export function textsIn(body: Body, name: string): readonly string[] {
  const values = body[name] ?? [];
  if (
    Array.isArray(values) &&
    values.every((one): one is string => typeof one === "string")
  ) {
    return values;
  }
  throw new AwsError("Serialization", `${name}: expected a list of texts`);
}

/** A member of the body that is a list of objects; empty when it is left out. */
export function objectsIn(body: Body, name: string): readonly Body[] {
  const values = body[name] ?? [];
  if (Array.isArray(values) && values.every(isObject)) return values;
  throw new AwsError("Serialization", `${name}: expected a list of objects`);
}

/** The tags of resources of a service that speaks JSON. */
export interface JsonTags<Tag> {
  /** The tags that a request brings. */
  readonly brought: (body: Body) => readonly Tag[];
  /** The condition keys of tags, as `aws:RequestTag/team`. */
  readonly keys: (
    prefix: "aws:RequestTag" | "aws:ResourceTag",
    tags: readonly Tag[],
  ) => ContextKeys;
  /** The tags after those of the request were added, or replaced others. */
  readonly added: (tags: readonly Tag[], body: Body) => readonly Tag[];
  /** The tags without those whose keys the request names. */
  readonly removed: (tags: readonly Tag[], body: Body) => readonly Tag[];
}

/** EventBridge's tags have a `Key` and a `Value`, those of KMS a `TagKey` and a `TagValue`. */
export function jsonTags<K extends string, V extends string>(
  key: K,
  value: V,
): JsonTags<Readonly<Record<K | V, string>>> {
  type Tag = Readonly<Record<K | V, string>>;
  const brought = (body: Body): readonly Tag[] =>
    objectsIn(body, "Tags").map(
      (one) =>
        ({
          [key]: textIn(one, key),
          [value]: optionalTextIn(one, value) ?? "",
        }) as Tag,
    );
  return {
    brought,
    keys: (prefix, tags) =>
      Object.fromEntries(
        tags.map((one) => [`${prefix}/${one[key]}`, one[value]]),
      ),
    added: (tags, body) => {
      const more = brought(body);
      const again = new Set(more.map((one) => one[key]));
      return [...tags.filter((one) => !again.has(one[key])), ...more];
    },
    removed: (tags, body) => {
      const gone = textsIn(body, "TagKeys");
      return tags.filter((one) => !gone.includes(one[key]));
    },
  };
}
