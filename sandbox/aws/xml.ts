import { randomUUID } from "node:crypto";
import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces";
import { AwsError } from "./errors";
import type { Result, ResultValue } from "./operation";
import type { Answer } from "./services/service";

const namespaces = {
  iam: "https://iam.amazonaws.com/doc/2010-05-08/",
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
  sns: "http://sns.amazonaws.com/doc/2010-03-31/",
} as const;

export type QueryService = keyof typeof namespaces;

/** A new document. What XML has no place for, as a caller's control characters, is replaced. */
export const newDocument = (): XMLBuilder =>
  create({ version: "1.0", invalidCharReplacement: "\uFFFD" });

export const xmlAnswer = (
  status: number,
  root: XMLBuilder,
  type = "text/xml",
): Answer => ({ status, type, body: root.end() });

/** A successful answer of the query protocol. */
export function queryAnswer(
  service: QueryService,
  action: string,
  result: Result,
): Answer {
  const response = newDocument().ele(namespaces[service], `${action}Response`);
  addFields(response, {
    [`${action}Result`]: result,
    ResponseMetadata: { RequestId: randomUUID() },
  });
  return xmlAnswer(200, response);
}

export function queryRefusal(service: QueryService, error: AwsError): Answer {
  const response = newDocument().ele(namespaces[service], "ErrorResponse");
  addFields(response, {
    Error: {
      Type: error.status >= 500 ? "Receiver" : "Sender",
      Code: error.code,
      Message: error.message,
    },
    RequestId: randomUUID(),
  });
  return xmlAnswer(error.status, response);
}

/** An element per field; lists become `<member>`s, and what is undefined is left out. */
export function addFields(
  parent: XMLBuilder,
  fields: Result,
  memberName = "member",
): void {
  for (const [name, value] of Object.entries(fields)) {
    // Maps, as SummaryMap and SNS's Attributes, call their members entries.
    const member = /Map$|^Attributes$/.test(name) ? "entry" : memberName;
    if (value !== undefined) addValue(parent.ele(name), value, member);
  }
}

function addValue(
  element: XMLBuilder,
  value: ResultValue,
  memberName: string,
): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly ResultValue[]) {
      addValue(element.ele(memberName), item, memberName);
    }
  } else if (value instanceof Date) {
    element.txt(value.toISOString().replace(/\.\d{3}Z$/, "Z"));
  } else if (typeof value === "object") {
    addFields(element, value as Result, memberName);
  } else if (value !== undefined) {
    element.txt(String(value));
  }
}
