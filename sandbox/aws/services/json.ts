import type { ContextKeys } from "../context";
import type { StoredDocument } from "../model";
import { AwsError, type Call } from "../operation";
import type { Answer, Service } from "./service";

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
  read: (call, { headers, body }) => {
    const action = String(headers["x-amz-target"]).split(".").at(-1) ?? "";
    const operation = Object.hasOwn(operations, action)
      ? operations[action]
      : undefined;
    if (operation === undefined) return undefined;
    const asked = JSON.parse(body || "{}") as Body;
    const resourcePolicy = operation.resourcePolicy?.(call, asked);
    return {
      action: `${prefix}:${action}`,
      resource: operation.resource?.(call, asked) ?? "*",
      context: operation.context?.(call, asked) ?? {},
      ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
      run: () => answer(200, operation.run(call, asked)),
    };
  },
  refuse: ({ code, message, status }) =>
    answer(status === 403 ? 400 : status, {
      __type: `${code}Exception`,
      message,
    }),
});

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

export const listIn = (body: Body, name: string): readonly unknown[] => {
  const value = body[name];
  return Array.isArray(value) ? value : [];
};
