import { randomUUID } from "node:crypto";
import { create } from "xmlbuilder2";
import type { AwsError } from "./errors";
import type { Result, ResultValue } from "./operation";
import type { Answer } from "./services/service";

const namespaces = {
  iam: "https://iam.amazonaws.com/doc/2010-05-08/",
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
  sns: "http://sns.amazonaws.com/doc/2010-03-31/",
} as const;

export type QueryService = keyof typeof namespaces;

/**
 * An answer of one element, with an element in it per field. What XML has no place for, as a caller's
 * control characters, is replaced.
 */
export const xmlAnswer = (
  status: number,
  root: string,
  fields: Result,
  type = "text/xml",
): Answer => ({
  status,
  type,
  body: create(
    { version: "1.0", invalidCharReplacement: "\uFFFD" },
    { [root]: element(fields) },
  ).end(),
});

/** The field of an element that names its namespace. */
export const inNamespace = (namespace: string): Result => ({
  "@xmlns": namespace,
});

/** A successful answer of the query protocol. */
export const queryAnswer = (
  service: QueryService,
  action: string,
  result: Result,
): Answer =>
  xmlAnswer(200, `${action}Response`, {
    ...inNamespace(namespaces[service]),
    [`${action}Result`]: result,
    ResponseMetadata: { RequestId: randomUUID() },
  });

export const queryRefusal = (
  service: QueryService,
  { status, code, message }: Pick<AwsError, "code" | "message" | "status">,
): Answer =>
  xmlAnswer(status, "ErrorResponse", {
    ...inNamespace(namespaces[service]),
    Error: {
      Type: status >= 500 ? "Receiver" : "Sender",
      Code: code,
      Message: message,
    },
    RequestId: randomUUID(),
  });

/** Lists become `<member>`s, and what is undefined is left out. */
function element(value: ResultValue, member = "member"): unknown {
  if (Array.isArray(value)) {
    const items = value as readonly ResultValue[];
    return { [member]: items.map((item) => element(item, member)) };
  }
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, "Z");
  if (typeof value !== "object") return String(value);
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    fields.map(([name, one]) => {
      // Maps, as SummaryMap and SNS's Attributes, call their members entries.
      const isMap = /Map$|^Attributes$/.test(name);
      return [name, element(one, isMap ? "entry" : member)];
    }),
  );
}
